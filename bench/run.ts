import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { actionRows } from './action.ts';
import { type FleetZone, fleetYaml, makeFleet, withEdits } from './fleet.ts';
import { speakingTheLanguage } from './language.ts';
import { type Ran, runNode, startSandboxProcess, watchNode } from './process.ts';
import { atMost, machine, median, type Row, resultsDocument, terminalTable } from './report.ts';

const root = join(import.meta.dirname, '..');
const command = join(root, 'dist/cf-errors.js');
const folder = mkdtempSync(join(tmpdir(), 'cf-errors-bench-'));

const size = { zones: 500, rules: 20, assets: 5 };
const fleet = makeFleet(size);
const files = writeFleet('fleet', withEdits(fleet));

const parts: Readonly<Record<string, () => Promise<readonly Row[]>>> = {
  language: async () => speakingTheLanguage(),
  validate: () => validating(files),
  action: () => actionRows(folder),
  plan: () => planning(files, fleet),
  large: () => oneLargeZone(),
};

try {
  const chosen = process.argv.slice(2);
  const unknown = chosen.filter((one) => !Object.hasOwn(parts, one));
  if (unknown.length > 0) throw new Error(`the parts are ${Object.keys(parts).join(', ')}, not ${unknown}`);
  const rows: Row[] = [];
  for (const [name, measure] of Object.entries(parts)) {
    if (chosen.length > 0 && !chosen.includes(name)) continue;
    progress(name);
    rows.push(...(await measure()));
  }
  // A part alone says nothing about the others.
  if (chosen.length === 0) writeFileSync(join(root, 'bench/results.md'), resultsDocument(rows));
  process.stdout.write(`\n${machine()}\n\n${terminalTable(rows)}`);
} finally {
  rmSync(folder, { recursive: true });
}

/** Writes the configuration of a fleet, a file for each zone, and gives its folder. */
function writeFleet(name: string, fleet: readonly FleetZone[]): string {
  const path = join(folder, name);
  mkdirSync(path);
  for (const zone of fleet) writeFileSync(join(path, `${zone.name}.yaml`), fleetYaml([zone]));
  return path;
}

/** `validate`, as a ratio to a Node that does nothing; both run in turn, so that what disturbs one disturbs the other. */
async function validating(files: string): Promise<readonly Row[]> {
  const small = join(root, 'examples/first-rule');
  const nothing: number[] = [];
  const start: number[] = [];
  for (let lap = 0; lap < 31; lap += 1) {
    nothing.push((await runNode(['-e', '0'])).seconds);
    start.push((await runNode([command, 'validate'], { cwd: small })).seconds);
  }
  const reader = join(root, 'bench/parse-yaml.ts');
  const laps = await times(5, async () => ({
    large: await watchNode([command, 'validate', '-c', files]),
    parsed: await runNode([reader, files]),
  }));
  const large = laps.map((lap) => lap.large);
  const parsed = Math.min(...laps.map((lap) => lap.parsed.seconds));
  const fastest = Math.min(...large.map((one) => one.seconds));
  const idle = median(nothing);
  const seconds = median(large.map((one) => one.seconds));
  return [
    atMost('validate of a small file / node -e 0', median(start) / idle, { most: 3, unit: '×' }),
    atMost('validate of 500 zones', fastest, { most: 3, unit: 's' }),
    atMost('validate of 500 zones / parsing their YAML alone', fastest / parsed, { most: 3, unit: '×' }),
    { what: 'validate of 500 zones / node -e 0', value: `${(seconds / idle).toFixed(0)} ×` },
    {
      what: 'memory of validate of 500 zones',
      value: `${median(large.map((one) => one.peakMb)).toFixed(0)} MB`,
    },
  ];
}

/** `plan` of the fleet against the script that reads the same with the official SDK. */
async function planning(files: string, fleet: readonly FleetZone[]): Promise<readonly Row[]> {
  const sandbox = await startSandboxProcess(fleet);
  try {
    const { env } = sandbox;
    const plan = [command, 'plan', '-c', files, '--no-probe'];
    const plans = await times(3, () => watchNode(plan, { env }));
    const planRequests = (await sandbox.requests()) / plans.length;
    progress('the same with the SDK, one call after the other');
    const reader = await runNode([join(root, 'bench/sdk-reader.ts')], { env });
    const readerRequests = await sandbox.requests();
    requireWhole(reader, fleet);
    const frugal = await watchNode(['--max-semi-space-size=16', ...plan], { env });
    const seconds = median(plans.map((one) => one.seconds));
    const peak = median(plans.map((one) => one.peakMb));
    return [
      { what: 'plan of 500 zones', value: `${seconds.toFixed(2)} s` },
      { what: 'reading 500 zones with the SDK', value: `${reader.seconds.toFixed(2)} s` },
      atMost('plan / SDK, time', seconds / reader.seconds, { most: 0.15, unit: '×' }),
      {
        what: 'plan / SDK, requests',
        value: `${planRequests} / ${readerRequests}`,
        aim: 'fewer',
        isMet: planRequests < readerRequests,
      },
      atMost('memory of plan of 500 zones', peak, { most: 250, unit: 'MB' }),
      {
        what: 'the same with node --max-semi-space-size=16',
        value: `${frugal.peakMb.toFixed(0)} MB, ${frugal.seconds.toFixed(2)} s`,
      },
    ];
  } finally {
    sandbox.stop();
  }
}

/** A comparison with a reader that missed something would flatter the plan, or shame it. */
function requireWhole({ stdout }: Ran, fleet: readonly FleetZone[]): void {
  const count = (kind: 'rules' | 'assets'): number => fleet.reduce((sum, zone) => sum + zone[kind].length, 0);
  const whole = JSON.stringify({ zones: fleet.length, rules: count('rules'), assets: count('assets') });
  if (stdout !== whole) throw new Error(`the SDK saw ${stdout}, not ${whole}`);
}

/** A zone at its limits: everything is made by one apply, and the plan after it is empty. */
async function oneLargeZone(): Promise<readonly Row[]> {
  const [zone] = makeFleet({ zones: 1, rules: 300, assets: 300 });
  if (zone === undefined) throw new Error('a fleet of one zone is empty');
  const files = writeFleet('large', [zone]);
  const sandbox = await startSandboxProcess([{ ...zone, assets: [], rules: [] }]);
  try {
    const surroundings = { cwd: folder, env: sandbox.env };
    const options = ['-c', files, '--no-probe'];
    const apply = await runNode([command, 'apply', '--auto-approve', ...options], surroundings);
    const applyRequests = await sandbox.requests();
    const plan = await runNode([command, 'plan', '--detailed-exitcode', ...options], surroundings);
    const planRequests = await sandbox.requests();
    return [
      { what: 'apply of 300 rules and 300 assets', value: `${apply.seconds.toFixed(2)} s` },
      { what: 'requests of that apply', value: String(applyRequests) },
      { what: 'the empty plan after it', value: `${plan.seconds.toFixed(2)} s` },
      { what: 'requests of that plan', value: String(planRequests) },
    ];
  } finally {
    sandbox.stop();
  }
}

async function times<T>(count: number, work: () => Promise<T>): Promise<readonly T[]> {
  const results: T[] = [];
  for (let lap = 0; lap < count; lap += 1) results.push(await work());
  return results;
}

function progress(what: string): void {
  process.stderr.write(`${what} …\n`);
}
