import { expect } from 'vitest';
import type { JsonObject } from '../../src/sandbox/sandbox.ts';
import { checkExchanges } from '../contract/contract.ts';
import { sandboxWorld, type World, type WorldOptions } from './world.ts';

/** An answer, with the parts of its envelope at hand. */
export interface Reply {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  readonly result: any;
  readonly errors: readonly { code?: number; message: string; source?: { pointer: string } }[];
  readonly body: JsonObject;
}

export type Send = (method: string, target: string, body?: unknown) => Promise<Reply>;

/** Sends requests over HTTP; `authorization` is the whole header. */
export function sender(
  baseUrl: string,
  headers: Record<string, string> = { authorization: 'Bearer test' },
): Send {
  return async (method, target, body) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const content: RequestInit =
      body === undefined ? {} : { body: text, headers: { ...headers, 'content-type': 'application/json' } };
    const response = await fetch(`${baseUrl}${target}`, { method, headers, ...content });
    const answer = await response.text();
    const envelope = answer === '' ? {} : JSON.parse(answer);
    return {
      status: response.status,
      result: envelope.result,
      errors: envelope.errors ?? [],
      body: envelope,
    };
  };
}

/** A world with a sender; `zone` and `entrypoint` are paths of its first zone. */
export interface Bench extends World {
  readonly send: Send;
  readonly zonePath: string;
  readonly entrypoint: string;
}

/** Runs a test in a world of its own, and then holds everything that it did against Cloudflare's document. */
export async function withWorld(options: WorldOptions, test: (bench: Bench) => Promise<void>): Promise<void> {
  const world = await sandboxWorld(options);
  const zonePath = `/zones/${world.zone()}`;
  const entrypoint = `${zonePath}/rulesets/phases/http_custom_errors/entrypoint`;
  try {
    await test({ ...world, send: sender(world.baseUrl), zonePath, entrypoint });
    expect(checkExchanges(world.sandbox.log)).toEqual([]);
  } finally {
    await world.close();
  }
}

/** A rule that needs no asset. */
export function rule(ref: string, more: JsonObject = {}): JsonObject {
  return {
    ref,
    action: 'serve_error',
    action_parameters: { content: `<p>${ref}</p>`, content_type: 'text/html' },
    expression: 'http.response.code eq 500',
    enabled: true,
    ...more,
  };
}

/** A rule that shows an asset. */
export function assetRule(ref: string, asset: string): JsonObject {
  return rule(ref, { action_parameters: { asset_name: asset, content_type: 'text/html' } });
}
