// Adds the optional entries (binaries of other platforms) that `npm install` may leave out of package-lock.json,
// so that `npm ci` accepts the file on every machine. Run after changing dependencies.
import { readFileSync, writeFileSync } from 'node:fs'

const systems = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32']
const processors = ['arm64', 'arm', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'x64']

/** The lock entry of a platform's binary: the platform is in its name, as in `@swc/core-linux-arm-gnueabihf`. */
function platformEntry(name, version, dev) {
  const words = name.split(/[-/.]/)
  const os = systems.filter((system) => words.includes(system))
  const cpu = processors.filter((processor) => words.includes(processor))
  return { version, ...(cpu.length && { cpu }), ...(dev && { dev }), optional: true, ...(os.length && { os }) }
}

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'))
for (const parent of Object.values({ ...lock.packages })) {
  for (const [name, version] of Object.entries(parent.optionalDependencies ?? {})) {
    const path = `node_modules/${name}`
    if (lock.packages[path]?.version || !/^\d/.test(version)) continue
    lock.packages[path] = platformEntry(name, version, parent.dev)
    console.log(`added ${name} ${version}`)
  }
}
const sorted = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)))
writeFileSync('package-lock.json', `${JSON.stringify({ ...lock, packages: sorted }, null, 2)}\n`)
