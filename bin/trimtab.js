#!/usr/bin/env node
import '../dist/trimtab.js'
