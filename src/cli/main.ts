#!/usr/bin/env node
import module from 'node:module';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

// What is loaded below does not even parse in an old Node, so this file must say it.
if (major > 22 || (major === 22 && minor >= 19)) {
  // Before anything else is loaded: code that was compiled in an earlier run is then not compiled again.
  module.enableCompileCache();
  const { run } = await import('./run.ts');
  process.exitCode = await run(process);
} else {
  process.stderr.write(`cf-errors needs Node 22.19 or newer; this is ${process.versions.node}.\n`);
  process.exitCode = 1;
}
