import { gzipSync } from 'node:zlib'
import { describe, expect, it } from '@jest/globals'
import { type Header, pack } from 'tar-stream'
import { filesOfTarball } from '../../src/adapters/github/tarball.js'

type Entry = Partial<Header> & { readonly name: string; readonly text?: string }

async function tarball(entries: readonly Entry[]): Promise<Uint8Array> {
  const packing = pack()
  for (const { text = '', ...header } of entries) packing.entry(header as Header, text)
  packing.finalize()
  const chunks: Buffer[] = []
  for await (const chunk of packing) chunks.push(chunk as Buffer)
  return gzipSync(Buffer.concat(chunks))
}

const everything = () => true
const megabyte = 1024 * 1024

describe('a tarball', () => {
  it('gives plain files inside the repository and nothing else', async () => {
    const bytes = await tarball([
      { name: 'top/main.tf', text: 'a = 1' },
      { name: 'top/link.tf', type: 'symlink', linkname: '/etc/passwd' },
      { name: 'top/.github/trimtab.yml', type: 'symlink', linkname: '../../secret.yml' },
      { name: 'top/hard.tf', type: 'link', linkname: 'top/main.tf' },
      { name: 'top/pipe.tf', type: 'fifo' },
      { name: 'top/../../outside.tf', text: 'x' },
      { name: 'top/..', text: 'x' },
      { name: '/etc/absolute.tf', text: 'x' },
      { name: 'top//twice.tf', text: 'x' },
      { name: 'top/./here.tf', text: 'x' },
      { name: 'top/a\\..\\b.tf', text: 'x' },
      { name: 'loose.tf', text: 'x' },
    ])
    expect([...(await filesOfTarball(bytes, everything))]).toEqual([['main.tf', 'a = 1']])
  })

  it('leaves out files over a megabyte', async () => {
    const bytes = await tarball([
      { name: 'top/big.tf', text: 'a'.repeat(megabyte + 1) },
      { name: 'top/small.tf', text: 'a' },
    ])
    expect([...(await filesOfTarball(bytes, everything)).keys()]).toEqual(['small.tf'])
  })

  it('that unpacks to more than its limit is refused while it is read', async () => {
    const bomb = await tarball([{ name: 'top/a.bin', text: 'a'.repeat(20 * megabyte) }])
    expect(bomb.length).toBeLessThan(100_000)
    await expect(filesOfTarball(bomb, () => false, { unpacked: 10 * megabyte })).rejects.toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining('unpacks to more than'),
    })
  })

  it('with more entries than its limit is refused', async () => {
    const bytes = await tarball(Array.from({ length: 200 }, (_, i) => ({ name: `top/${i}.tf` })))
    await expect(filesOfTarball(bytes, everything, { entries: 100 })).rejects.toMatchObject({ code: 'unsupported' })
  })

  it('whose wanted files together are too many bytes is refused', async () => {
    const bytes = await tarball(Array.from({ length: 8 }, (_, i) => ({ name: `top/${i}.tf`, text: 'a'.repeat(1000) })))
    await expect(filesOfTarball(bytes, everything, { kept: 5000 })).rejects.toMatchObject({ code: 'unsupported' })
  })

  it.each([
    ['no gzip', Buffer.from('hello')],
    ['half a gzip', gzipSync(Buffer.alloc(5000, 'a')).subarray(0, 20)],
    ['a gzip that is no tar', gzipSync(Buffer.alloc(5000, 'a'))],
    ['nothing', Buffer.alloc(0)],
  ])('that is %s rejects and never hangs', async (_what, bytes) => {
    await expect(filesOfTarball(bytes, everything)).rejects.toHaveProperty('message')
  })

  it('that ends in the middle of a file rejects', async () => {
    const whole = await tarball([{ name: 'top/a.tf', text: 'a'.repeat(4000) }])
    const { gunzipSync } = await import('node:zlib')
    const half = gzipSync(gunzipSync(whole).subarray(0, 1500))
    await expect(filesOfTarball(half, everything)).rejects.toHaveProperty('message')
  })
})
