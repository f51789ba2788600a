import type {
  Clock,
  ConnectionOptions,
  Credentials,
  PageProbe,
  ReadConnection,
  ValidateConnection,
  WriteConnection,
} from '../cloudflare/cloudflare.ts';
import type { DesiredScope } from '../model/desired.ts';
import { ProblemError } from '../problem/problem.ts';
import type { TargetRequest } from './request.ts';
import { openSandbox } from './sandbox-host.ts';
import { userAgent } from './version.ts';
import type { World } from './world.ts';

/** What a use case may do to Cloudflare; anything beyond is refused by the transport. */
export type Access = keyof Connections;

interface Connections {
  readonly read: ReadConnection;
  readonly validate: ValidateConnection;
  readonly write: WriteConnection;
}

/** A Cloudflare to talk to, real or embedded, for the time of one use case. */
export interface Target<C extends ReadConnection> {
  readonly connection: C;
  /** What plans are bound to: the base URL, or the sandbox and its state file (its port changes with every run). */
  readonly name: string;
  readonly isSandbox: boolean;
  readonly clock: Clock;
  /** Gets the page of an asset as Cloudflare would, without credentials. */
  readonly probe: (url: string) => Promise<PageProbe>;
  close(): Promise<void>;
}

export interface TargetOptions<A extends Access> {
  readonly access: A;
  readonly request: TargetRequest;
  /** A new sandbox begins with these zones and accounts. */
  readonly scopes: readonly DesiredScope['name'][];
  /** Whether the user's wish to stop also ends requests under way; not so while something is written. */
  readonly stoppable: boolean;
}

/**
 * Opens the Cloudflare that a request names: the embedded sandbox, or the API at `CLOUDFLARE_BASE_URL` with the
 * credentials of the environment. Throws ProblemError where those are missing or unusable.
 */
async function openTarget<A extends Access>(
  options: TargetOptions<A>,
  world: World,
): Promise<Target<Connections[A]>> {
  const { connectReader, connectValidator, connectWriter, makeLimiter, probePage, systemClock } =
    await import('../cloudflare/cloudflare.ts');
  const clock = world.clock ?? systemClock;
  const connect: { [K in Access]: (options: ConnectionOptions) => Connections[K] } = {
    read: connectReader,
    validate: connectValidator,
    write: connectWriter,
  };
  const sandbox = await openSandbox(options.request, options.scopes, world);
  const { baseUrl, credentials } = sandbox?.access ?? (await accessOf(world));
  const connection = connect[options.access]({
    baseUrl,
    credentials,
    userAgent,
    clock,
    parallelism: options.request.parallelism,
    onEvent: (event) => world.onEvent?.({ kind: 'transport', event }),
    ...(options.request.maxWaitMs === undefined ? {} : { maxWaitMs: options.request.maxWaitMs }),
    ...(options.request.timeoutMs === undefined ? {} : { timeoutMs: options.request.timeoutMs }),
    ...(world.signal === undefined ? {} : { waitSignal: world.signal }),
    ...(options.stoppable && world.signal !== undefined ? { signal: world.signal } : {}),
  });
  const stop = world.signal === undefined ? {} : { signal: world.signal };
  const getPage = sandbox?.probe ?? ((url: string) => probePage(url, { userAgent, ...stop }));
  const inTurn = makeLimiter(options.request.parallelism);
  return {
    connection,
    name: sandbox?.name ?? baseUrl,
    isSandbox: sandbox !== undefined,
    clock,
    probe: (url) => inTurn(() => getPage(url)),
    close: async () => {
      await connection.close();
      await sandbox?.close();
    },
  };
}

/** Opens a target, runs `work` with it, and closes it whatever happens. */
export async function withTarget<A extends Access, T>(
  options: TargetOptions<A>,
  world: World,
  work: (target: Target<Connections[A]>) => Promise<T>,
): Promise<T> {
  const target = await openTarget(options, world);
  try {
    return await work(target);
  } finally {
    await target.close();
  }
}

/** An API and what it knows us by. */
export interface ApiAccess {
  readonly baseUrl: string;
  readonly credentials: Credentials;
}

async function accessOf({ env }: World): Promise<ApiAccess> {
  const { checkBaseUrl, defaultBaseUrl } = await import('../cloudflare/cloudflare.ts');
  const checked = checkBaseUrl(env.CLOUDFLARE_BASE_URL || env.CLOUDFLARE_API_BASE_URL || defaultBaseUrl);
  if (checked.value === undefined) throw new ProblemError(...checked.problems);
  return { baseUrl: checked.value, credentials: credentialsOf(env) };
}

function credentialsOf(env: World['env']): Credentials {
  const token = env.CLOUDFLARE_API_TOKEN?.trim();
  if (token) return { kind: 'token', token };
  const email = env.CLOUDFLARE_EMAIL?.trim();
  const key = env.CLOUDFLARE_API_KEY?.trim();
  if (email && key) return { kind: 'key', email, key };
  throw new ProblemError({
    code: 'app/no-credentials',
    message: 'no Cloudflare credentials in the environment',
    hint: 'set CLOUDFLARE_API_TOKEN, or CLOUDFLARE_EMAIL with CLOUDFLARE_API_KEY; or add --sandbox to try without an account',
  });
}
