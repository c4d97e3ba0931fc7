#!/usr/bin/env node
import '../dist/performance-optimization-cli.js'
