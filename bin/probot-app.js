export { trimtabApp as default } from '../dist/probot.js'
