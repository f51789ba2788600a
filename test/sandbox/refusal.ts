import type { Disturbance, JsonObject } from '../../src/sandbox/sandbox.ts';

/** A refusal in the envelope of Cloudflare's. */
export function refusal(
  status: number,
  ...errors: readonly JsonObject[]
): Extract<Disturbance, { readonly kind: 'answer' }> {
  return {
    kind: 'answer',
    status,
    body: { success: false, errors: [...errors], messages: [], result: null },
  };
}
