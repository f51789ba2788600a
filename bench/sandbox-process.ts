import { type Json, startSandbox } from '../src/sandbox/sandbox.ts';
import type { FleetZone } from './fleet.ts';

/**
 * An embedded Cloudflare API as a process of its own. The first message from the parent is what it holds, and is
 * answered with its base URL; every later one is answered with the number of requests since the one before.
 */
const latency = 20;
const page = new TextEncoder().encode('<!DOCTYPE html><title>Sorry</title><p>Please try again.</p>');
const sandbox = await startSandbox({
  latency,
  readPage: async () => ({ kind: 'answer', status: 200, contentType: 'text/html', body: page }),
});

async function seed(fleet: readonly FleetZone[]): Promise<void> {
  const account = await sandbox.addAccount('Bench');
  for (const { name, assets, rules } of fleet) {
    const { id } = await sandbox.addZone(name, account.id);
    for (const asset of assets) await create('POST', `/zones/${id}/custom_pages/assets`, { ...asset });
    const entryPoint = `/zones/${id}/rulesets/phases/http_custom_errors/entrypoint`;
    if (rules.length > 0) await create('PUT', entryPoint, { rules: rules.map((rule) => ({ ...rule })) });
  }
}

async function create(method: string, target: string, body: Json): Promise<void> {
  const { status } = await sandbox.dashboard(method, target, body);
  if (status >= 300) throw new Error(`${method} ${target} answered ${status}`);
}

let counted = 0;
process.once('message', (fleet: readonly FleetZone[]) => {
  void seed(fleet).then(() => {
    process.send?.(sandbox.baseUrl);
    process.on('message', () => {
      process.send?.(sandbox.log.length - counted);
      counted = sandbox.log.length;
    });
  });
});
