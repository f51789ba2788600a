import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { createInterface } from 'node:readline';
import { styleText } from 'node:util';

/**
 * The main job from one end to the other, with the real command against the embedded sandbox: two zones and an account are
 * planned and applied, somebody changes a rule behind our back, and apply puts it right.
 */
const command = join(import.meta.dirname, '../../dist/cf-errors.js');
const example = join(import.meta.dirname, '../two-zones');
const folder = await mkdtemp('cf-errors-demo-');
await cp(example, folder, { recursive: true });

const sandbox = await startSandbox();
// Nothing may be left running, also where the reader of this output goes away.
process.once('exit', () => sandbox.process.kill());
process.stdout.once('error', () => process.exit(1));
try {
  await story();
} finally {
  sandbox.process.kill('SIGTERM');
  await once(sandbox.process, 'exit');
}
say(
  `That was all. Everything it wrote is in ${relative('.', folder)}: the YAML file, the sandbox's state, and the backups.`,
);

async function story(): Promise<void> {
  say(
    'Two zones and an account are described in custom-errors.yaml. Nothing is live yet. What would change?',
  );
  await cfErrors(['plan', '--no-probe', '--detailed-exitcode'], 2);
  say('That is what we want. Apply it (in a terminal it would ask first).');
  await cfErrors(['apply', '--no-probe', '--auto-approve'], 0);
  say('A second plan is empty: live and file are equal now.');
  await cfErrors(['plan', '--no-probe', '--detailed-exitcode'], 0);
  say('Now somebody edits a rule of example.com in the dashboard, without telling anybody …');
  await editInDashboard();
  say('… and the next plan shows it.');
  await cfErrors(['plan', '--no-probe', '--detailed-exitcode'], 2);
  say('Apply repairs it, and stores what it replaces.');
  await cfErrors(['apply', '--no-probe', '--auto-approve'], 0);
  say('Cloudflare keeps every version of the rules. These are the ones of example.com:');
  await listVersions();
}

function say(text: string): void {
  console.log(`\n${styleText('bold', text)}\n`);
}

async function cfErrors(args: readonly string[], expected: number): Promise<void> {
  console.log(styleText('dim', `$ cf-errors ${args.join(' ')}`));
  const child = spawn(process.execPath, [command, ...args], {
    cwd: folder,
    env: { ...process.env, CLOUDFLARE_API_TOKEN: 'demo', CLOUDFLARE_BASE_URL: sandbox.baseUrl },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const [code] = await once(child, 'exit');
  if (code !== expected)
    throw new Error(`cf-errors ${args.join(' ')} ended with ${code}, not with ${expected}`);
}

async function startSandbox() {
  const args = ['sandbox', '--port', '0', '--state', 'sandbox.json', '--pages', 'sandbox-pages'];
  const scopes = ['--account', 'Acme Inc', '--zone', 'example.com', '--zone', 'shop.example.com'];
  const child = spawn(process.execPath, [command, ...args, ...scopes], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const baseUrl = /http:\/\/\S+/.exec(line)?.[0];
    if (baseUrl !== undefined) return { process: child, baseUrl };
  }
  throw new Error('the sandbox ended before it said where it listens');
}

/** What the dashboard would do: another client of the same API. */
async function call(method: string, path: string, body?: unknown): Promise<{ result: unknown }> {
  const answer = await fetch(`${sandbox.baseUrl}${path}`, {
    method,
    headers: { authorization: 'Bearer demo', 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as { result: unknown };
}

async function entrypoint(): Promise<string> {
  const { result } = await call('GET', '/zones?name=example.com');
  const [zone] = result as { id: string }[];
  return `/zones/${zone?.id}/rulesets/phases/http_custom_errors/entrypoint`;
}

async function editInDashboard(): Promise<void> {
  const path = await entrypoint();
  const { result } = await call('GET', path);
  const { rules } = result as { rules: Record<string, unknown>[] };
  const kept = ['ref', 'action', 'action_parameters', 'description', 'enabled', 'expression'];
  const edited = rules.map((rule) => ({
    ...Object.fromEntries(Object.entries(rule).filter(([key]) => kept.includes(key))),
    ...(rule.ref === 'maintenance' ? { enabled: false } : {}),
  }));
  await call('PUT', path, { rules: edited });
}

async function listVersions(): Promise<void> {
  const { result } = await call('GET', `${await entrypoint()}/versions`);
  const versions = result as { version: string; last_updated: string }[];
  for (const { version, last_updated } of versions) console.log(`  version ${version}  ${last_updated}`);
}
