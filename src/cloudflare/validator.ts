import type { RemoteValidator, ServerVerdict } from '../model/remote.ts';
import type { Scope } from '../model/scope.ts';
import { ProblemError } from '../problem/problem.ts';
import { maskProblem } from './ask.ts';
import type { Answer, Call } from './call.ts';
import { inWords, problemsOf } from './failure.ts';
import { scopeCall } from './scope-call.ts';
import type { Transport } from './transport.ts';
import { writeRuleset } from './wire-ruleset.ts';

type Unavailable = Extract<ServerVerdict, { kind: 'unavailable' }>;

/** `settled`: says the same for every scope of this connection. */
type Trust =
  | { readonly kind: 'trusted'; readonly settled: true }
  | { readonly kind: 'distrusted'; readonly settled: boolean; readonly verdict: Unavailable };

/**
 * Asks for verdicts (Cloudflare docs, Rulesets API dry run), after a first call has shown that this server reads
 * `dry_run` before it looks at the body: a gateway that dropped the parameter would turn every question into a write.
 */
export function makeValidator(transport: Transport): RemoteValidator {
  let first: Promise<Trust> | undefined;
  const trust = async (scope: Scope): Promise<Trust> => {
    if (first === undefined) {
      first = probe(transport, scope);
      return first;
    }
    const known = await first;
    return known.settled ? known : probe(transport, scope);
  };
  return {
    validateRuleset: async (scope, { description, rules }) => {
      const trusted = await trust(scope);
      if (trusted.kind === 'distrusted') return trusted.verdict;
      const body = writeRuleset(
        description,
        rules.map(({ rule }) => rule),
      );
      const call = dryRun(scope, 'true', body);
      const { answer } = await transport.perform(call);
      if (answer.kind === 'yes' && answer.result !== null) throw wrote(call, transport);
      if (answer.kind === 'yes') return { kind: 'accepted' };
      if (answer.kind === 'no' && isVerdict(answer)) return { kind: 'refused', refusals: refusalsOf(answer) };
      return unavailable(call, answer, transport).verdict;
    },
  };
}

/**
 * Sends a value that `dry_run` cannot have with a body that cannot be written. Only a server that complains of the
 * parameter, and of nothing in the body, has read it.
 */
async function probe(transport: Transport, scope: Scope): Promise<Trust> {
  const call = dryRun(scope, 'probe', { rules: [{}] });
  const { answer } = await transport.perform(call);
  if (answer.kind === 'yes' && answer.result !== null) throw wrote(call, transport);
  if (answer.kind === 'yes') return misunderstood;
  if (answer.kind !== 'no' || answer.status !== 400) return unavailable(call, answer, transport);
  // The query itself, echoed in a message, does not show that anybody read it.
  const names = answer.errors.some(({ message }) =>
    message.replaceAll('dry_run=probe', '').includes('dry_run'),
  );
  const aboutBody = answer.errors.some(({ pointer }) => pointer !== undefined);
  return names && !aboutBody ? { kind: 'trusted', settled: true } : misunderstood;
}

const misunderstood: Trust = {
  kind: 'distrusted',
  settled: true,
  verdict: {
    kind: 'unavailable',
    reason: 'the server at this base URL does not understand dry_run, so asking it could write',
  },
};

function dryRun(scope: Scope, value: 'true' | 'probe', body: NonNullable<Call['body']>): Call {
  return scopeCall(scope, 'rules', {
    doing: 'checking the rules',
    method: 'PUT',
    query: { dry_run: value },
    body,
  });
}

type Refused = Extract<Answer, { kind: 'no' }>;

function isVerdict({ status }: Refused): boolean {
  return status >= 400 && status < 500 && ![401, 403, 408, 429].includes(status);
}

function refusalsOf({ status, errors }: Refused): Extract<ServerVerdict, { kind: 'refused' }>['refusals'] {
  if (errors.length === 0) return [{ message: `Cloudflare answered ${status} without a reason` }];
  return errors.map(({ message, ...rest }) => ({
    ...rest,
    message: message === '' ? `Cloudflare answered ${status} without a reason` : message,
  }));
}

function unavailable(
  call: Call,
  answer: Exclude<Answer, { kind: 'yes' }>,
  { mask }: Transport,
): Extract<Trust, { kind: 'distrusted' }> {
  const said = problemsOf(call, answer).map(({ message, hint }) =>
    hint === undefined ? message : `${message}; ${hint}`,
  );
  return {
    kind: 'distrusted',
    settled: false,
    verdict: { kind: 'unavailable', reason: mask(said.join('; ')) },
  };
}

function wrote(call: Call, transport: Transport): ProblemError {
  return new ProblemError(
    maskProblem(
      {
        code: 'cloudflare/dry-run-wrote',
        message: `${inWords(call)} was a dry run, and the server carried it out`,
        hint: 'never use --online with this base URL; plan again to see what is live now',
        ...(call.scope === undefined ? {} : { scope: call.scope }),
      },
      transport,
    ),
  );
}
