#!/usr/bin/env node
import { enableCompileCache } from 'node:module';

// Before anything else is loaded: code that was compiled in an earlier run is then not compiled again.
enableCompileCache();
const { run } = await import('./run.ts');
process.exitCode = await run(process);
