import { gzipSync } from 'node:zlib'

/** A file on its way into an archive; `mode` is git's (`100644`, `100755`, `120000`). */
export interface ArchivedFile {
  readonly path: string
  readonly mode: string
  readonly bytes: Buffer
}

/** What stands around the files of an archive. */
export interface ArchiveFrame {
  /** The one folder on top, `owner-name-abc1234` on GitHub. */
  readonly folder: string
  /** Goes into the comment of the global header, where git puts it. */
  readonly commitSha: string
  readonly at: Date
}

/**
 * A gzipped tar as GitHub's archive link gives it: a pax global header with the commit, one folder on top, an entry for
 * every folder, symbolic links as links. Same input, same bytes.
 */
export function tarball(frame: ArchiveFrame, files: readonly ArchivedFile[]): Buffer {
  const seconds = Math.floor(frame.at.getTime() / 1000)
  const comment = paxRecord('comment', frame.commitSha)
  const blocks = [
    header({ name: 'pax_global_header', type: 'g', size: comment.length, mode: 0o666, seconds }),
    padded(comment),
  ]
  const folders = new Set<string>()
  for (const file of [...files].sort((a, b) => (a.path < b.path ? -1 : 1))) {
    const path = `${frame.folder}/${file.path}`
    for (let cut = path.indexOf('/'); cut > 0; cut = path.indexOf('/', cut + 1)) {
      const folder = path.slice(0, cut + 1)
      if (folders.has(folder)) continue
      folders.add(folder)
      blocks.push(...entry({ name: folder, type: '5', size: 0, mode: 0o775, seconds }))
    }
    const link = file.mode === '120000'
    const mode = file.mode === '100755' ? 0o775 : 0o664
    const target = link ? { link: file.bytes.toString('utf8') } : {}
    blocks.push(
      ...entry({ name: path, type: link ? '2' : '0', size: link ? 0 : file.bytes.length, mode, seconds, ...target }),
    )
    if (!link) blocks.push(padded(file.bytes))
  }
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]))
}

interface Header {
  readonly name: string
  readonly type: 'g' | 'x' | '0' | '2' | '5'
  readonly size: number
  readonly mode: number
  readonly seconds: number
  readonly link?: string
}

/** A header, after a pax header where the name does not fit into its 100 bytes. */
function entry(fields: Header): readonly Buffer[] {
  if (Buffer.byteLength(fields.name) <= 100) return [header(fields)]
  const record = paxRecord('path', fields.name)
  const pax: Header = { name: 'pax_header', type: 'x', size: record.length, mode: 0o664, seconds: fields.seconds }
  return [header(pax), padded(record), header(fields)]
}

function header(fields: Header): Buffer {
  const block = Buffer.alloc(512)
  const octal = (value: number, at: number, width: number) =>
    block.write(value.toString(8).padStart(width - 1, '0'), at, width - 1, 'ascii')
  block.write(fields.name, 0, 100, 'utf8')
  octal(fields.mode, 100, 8)
  octal(0, 108, 8)
  octal(0, 116, 8)
  octal(fields.size, 124, 12)
  octal(fields.seconds, 136, 12)
  block.fill(' ', 148, 156)
  block.write(fields.type, 156)
  block.write(fields.link ?? '', 157, 100, 'utf8')
  block.write('ustar\x0000', 257, 'latin1')
  block.write('root', 265)
  block.write('root', 297)
  const sum = block.reduce((total, byte) => total + byte, 0)
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
  return block
}

/** `length key=value\n`, where the length counts itself. */
function paxRecord(key: string, value: string): Buffer {
  const rest = ` ${key}=${value}\n`
  let size = Buffer.byteLength(rest)
  while (`${size}`.length + Buffer.byteLength(rest) !== size) size = `${size}`.length + Buffer.byteLength(rest)
  return Buffer.from(`${size}${rest}`)
}

function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)])
}
