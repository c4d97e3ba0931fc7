// Opens a report in headless Chromium at three widths, light and dark, and on paper: errors, requests to anywhere, text
// wider than the screen and text of too little contrast are printed; exit 1 on any.
//   npx trimtab report --html fleet.html && npx tsx scripts/check-report.ts fleet.html [--pictures DIR]
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { type Browser, chromium, type Page } from 'playwright-core'

const widths = [380, 768, 1600] as const
const schemes = ['light', 'dark'] as const

/** Least contrast of text with what is behind it (WCAG 2.1 AA). */
const leastContrast = 4.5

async function open(browser: Browser, url: string, width: number, colorScheme: 'light' | 'dark') {
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme })
  const faults: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') faults.push(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => faults.push(`page: ${error.message}`))
  page.on('request', (request) => {
    if (request.url() !== url && !request.url().startsWith('data:')) faults.push(`asks for ${request.url()}`)
  })
  // tsx wraps functions in a helper that the page does not have.
  await page.addInitScript('globalThis.__name = (named) => named')
  await page.goto(url)
  return { page, faults }
}

/** Elements that reach beyond the screen to the right. */
function overflow(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    if (scrollWidth <= clientWidth) return []
    const wide = [...document.querySelectorAll('body *')].filter(
      (one) => one.getBoundingClientRect().right > clientWidth + 1,
    )
    return [`${scrollWidth} px wide: ${wide.slice(0, 5).map((one) => `${one.tagName}.${one.getAttribute('class')}`)}`]
  })
}

/** Texts whose colour is too near to that of what is behind them. */
function faint(page: Page, least: number): Promise<readonly string[]> {
  return page.evaluate((limit) => {
    const channels = (colour: string) => (colour.match(/[\d.]+/g) ?? []).map(Number)
    const luminance = (colour: string) => {
      const [r = 0, g = 0, b = 0] = channels(colour).map((value) => {
        const part = value / 255
        return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
      })
      return 0.2126 * r + 0.7152 * g + 0.0722 * b
    }
    const behind = (element: Element | null): string => {
      for (let one = element; one; one = one.parentElement) {
        const colour = getComputedStyle(one).backgroundColor
        if (channels(colour)[3] !== 0) return colour
      }
      return 'rgb(255, 255, 255)'
    }
    const found = new Set<string>()
    for (const element of document.querySelectorAll('body *')) {
      const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim())
      if (!own || element.closest('svg')) continue
      const [one, other] = [luminance(getComputedStyle(element).color), luminance(behind(element))]
      const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05)
      if (contrast < limit) found.add(`contrast ${contrast.toFixed(1)}: ${element.textContent?.trim().slice(0, 40)}`)
    }
    return [...found].slice(0, 5)
  }, least)
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ options: { pictures: { type: 'string' } }, allowPositionals: true })
  const [file] = positionals
  if (file === undefined) throw new Error('expected the file of a report')
  const url = pathToFileURL(resolve(file)).href
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  })
  let bad = 0
  for (const scheme of schemes) {
    for (const width of widths) {
      const { page, faults } = await open(browser, url, width, scheme)
      faults.push(...(await overflow(page)), ...(await faint(page, leastContrast)))
      console.log(`${width} ${scheme}: ${faults.length === 0 ? 'fine' : faults.join('; ')}`)
      bad += faults.length
      if (values.pictures) await page.screenshot({ path: `${values.pictures}/${width}-${scheme}.png`, fullPage: true })
      await page.close()
    }
  }
  const { page, faults } = await open(browser, url, 1000, 'light')
  const paper = await page.pdf({ format: 'A4' })
  console.log(`A4: ${faults.length === 0 ? `fine, ${Math.ceil(paper.length / 1024)} KB` : faults.join('; ')}`)
  await browser.close()
  if (bad + faults.length > 0) process.exitCode = 1
}

await main()
