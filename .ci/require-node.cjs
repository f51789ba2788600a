// Runs before the tests on whatever Node there is; CommonJS and old syntax, so that it can say what is wrong.
var parts = process.versions.node.split('.').map(Number);
if (parts[0] < 22 || (parts[0] === 22 && parts[1] < 19)) {
  console.error(
    'Node ' +
      process.versions.node +
      ' is too old: 22.19 or newer is needed. "npm ci" puts Node 24 into node_modules/.bin; run this through npm.',
  );
  process.exitCode = 1;
}
