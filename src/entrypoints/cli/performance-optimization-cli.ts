#!/usr/bin/env -S node --import tsx
/** The command line under the name that people know; from a checkout it runs as it stands. */
import './main.js'
