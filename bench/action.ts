import { cpSync, mkdirSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { scheduled } from '../test/action/events.ts';
import { runAction } from '../test/action/runner.ts';
import { runNode } from './process.ts';
import { atMost, median, type Row } from './report.ts';

const root = join(import.meta.dirname, '..');

/** The Action's size, and how soon after its start it asks Cloudflare for the first time. */
export async function actionRows(folder: string): Promise<readonly Row[]> {
  const megabytes = statSync(join(root, 'dist/action.js')).size / 1e6;
  const laps = 15;
  const nothing: number[] = [];
  const firsts: number[] = [];
  for (let lap = 0; lap < laps; lap += 1) {
    nothing.push((await runNode(['-e', '0'])).seconds);
    firsts.push(await firstRequest(join(folder, `action-${lap}`)));
  }
  return [
    {
      ...atMost('dist/action.js', megabytes, { most: 1.2, unit: 'MB' }),
      value: `${megabytes.toFixed(2)} MB`,
    },
    {
      what: 'the Action to its first request / node -e 0',
      value: `${(median(firsts) / median(nothing)).toFixed(2)} ×`,
    },
  ];
}

/** Seconds from the start of the process to its first request; a refusal then ends it. */
async function firstRequest(temp: string): Promise<number> {
  const workspace = join(temp, 'work');
  mkdirSync(workspace, { recursive: true });
  cpSync(join(root, 'examples/first-rule'), workspace, { recursive: true });
  let seconds = Number.NaN;
  let began = Number.NaN;
  const server = createServer((_, answer) => {
    if (Number.isNaN(seconds)) seconds = (performance.now() - began) / 1000;
    answer.writeHead(401, { 'content-type': 'application/json' }).end('{"success":false,"errors":[]}');
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const job = {
    event: scheduled(),
    inputs: { 'api-token': 'bench' },
    env: { CLOUDFLARE_BASE_URL: `${url}/client/v4` },
  };
  began = performance.now();
  await runAction(job, { workspace, temp, githubUrl: url });
  server.closeAllConnections();
  server.close();
  if (Number.isNaN(seconds)) throw new Error('the Action asked Cloudflare for nothing');
  return seconds;
}
