// biome-ignore-all lint/style/noDefaultExport: Probot loads an app by its default export
// biome-ignore-all lint/performance/noBarrelFile: this file is that export and nothing else
export { trimtabApp as default } from '../dist/probot.js'
