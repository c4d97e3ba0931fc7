/** A terminal that shows pictures and hears keys. */
export interface Screen {
  size(): { readonly columns: number; readonly rows: number }
  write(text: string): void
  /** Calls back with each key, and with `resize`; ends when the answer is called. */
  listen(hear: (key: string) => void): () => void
}

export interface LiveOptions {
  readonly screen: Screen
  /** The picture of now in the space of the screen. */
  readonly look: () => Promise<(size: ReturnType<Screen['size']>) => string>
  readonly refreshMs: number
}

const enter = '\u001b[?1049h\u001b[?25l'
const leave = '\u001b[?25h\u001b[?1049l'
const home = '\u001b[H\u001b[2J'
const interrupt = '\u0003'

/**
 * Shows a picture that is renewed again and again until `q` or Ctrl-C: on a screen of its own, which is left as it was.
 * `r` renews it at once. A look that fails leaves the last picture standing, with why.
 */
export async function showLive({ screen, look, refreshMs }: LiveOptions): Promise<void> {
  let picture: (size: ReturnType<Screen['size']>) => string = () => 'reading …\n'
  let status = ''
  let wake = () => {}
  let over = false
  const draw = () => {
    const { rows } = screen.size()
    const lines = picture(screen.size())
      .trimEnd()
      .split('\n')
      .slice(0, Math.max(1, rows - 2))
    screen.write(`${home}${lines.join('\r\n')}\r\n\r\n${status} r renews, q quits`)
  }
  const silence = screen.listen((key) => {
    if (key === 'resize') draw()
    if (key === 'q' || key === interrupt) over = true
    if (over || key === 'r') wake()
  })
  screen.write(enter)
  try {
    draw()
    while (!over) {
      try {
        picture = await look()
        status = ''
      } catch (error) {
        status = `${error instanceof Error ? error.message : String(error)}\r\n`
      }
      if (over) return
      draw()
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, refreshMs)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  } finally {
    silence()
    screen.write(leave)
  }
}

/** The process's own screen; undefined where it is not one, as in a pipe. */
export function processScreen(): Screen | undefined {
  const { stdin, stdout } = process
  if (!stdin.isTTY || !stdout.isTTY || process.env.TERM === 'dumb') return undefined
  return {
    size: () => ({ columns: stdout.columns, rows: stdout.rows }),
    write: (text) => void stdout.write(text),
    listen(hear) {
      const onKeys = (bytes: Buffer) => {
        for (const key of bytes.toString('utf8')) hear(key)
      }
      const onResize = () => hear('resize')
      stdin.setRawMode(true)
      stdin.resume()
      stdin.on('data', onKeys)
      stdout.on('resize', onResize)
      return () => {
        stdin.off('data', onKeys)
        stdout.off('resize', onResize)
        stdin.setRawMode(false)
        stdin.pause()
      }
    },
  }
}
