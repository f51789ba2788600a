/**
 * What we send and read, held against the types of the official SDK. There is nothing to run: each line is a claim that
 * `npm run types` proves or refuses, also when a new release of the SDK says something else.
 */
import type {
  AssetCreateParams,
  AssetGetResponse,
  AssetUpdateParams,
} from 'cloudflare/resources/custom-pages';
import type { PhaseGetResponse, PhaseUpdateParams } from 'cloudflare/resources/rulesets/phases/phases';
import type { ServeErrorRule, ServeErrorRuleParam } from 'cloudflare/resources/rulesets/rules';
import type { NewWireAsset, WireAsset, WireAssetKey } from '../../src/cloudflare/wire-asset.ts';
import type {
  WireContent,
  WireParameters,
  WireRule,
  WireRuleKey,
  WireShown,
} from '../../src/cloudflare/wire-rule.ts';
import type { WireRuleset } from '../../src/cloudflare/wire-ruleset.ts';
import type { ContentType } from '../../src/model/body.ts';

/** Compiles where the first type fits the second. */
type Fits<A extends B, B> = A;

/** Compiles where both types are the same. */
type Same<A extends B, B extends C, C = A> = [A, B, C];

/** The SDK's lists and objects may be changed by whoever holds them; ours are read only. */
type Plain<T> = T extends readonly (infer Item)[]
  ? Plain<Item>[]
  : T extends object
    ? { -readonly [K in keyof T]: Plain<T[K]> }
    : T;

type Path = 'account_id' | 'zone_id';

/** With the types that `desired` lets through; a rule sent back as it was read may hold others. */
type Typed<Source> = Source & Omit<WireParameters, 'content_type'> & { readonly content_type?: ContentType };
type Sent = Omit<WireRule, 'action_parameters'> & {
  readonly action_parameters: Typed<WireContent> | Typed<WireShown>;
};

export type Claims = [
  // What we send.
  Fits<Plain<Sent>, ServeErrorRuleParam>,
  Fits<Plain<Omit<WireRuleset, 'rules'> & { rules: Sent[] }>, Omit<PhaseUpdateParams, Path>>,
  Same<ContentType, NonNullable<ServeErrorRuleParam.ActionParametersContent['content_type']>>,
  Same<ContentType, NonNullable<ServeErrorRuleParam.ActionParametersAsset['content_type']>>,
  Same<Plain<NewWireAsset>, Omit<AssetCreateParams, Path>>,
  Same<Plain<WireAsset>, Omit<AssetUpdateParams, Path>>,
  // What we read: every key but those that a rule of this phase cannot have, which are carried nowhere.
  Same<
    Exclude<keyof ServeErrorRule, WireRuleKey>,
    'categories' | 'exposed_credential_check' | 'logging' | 'ratelimit'
  >,
  Fits<WireRuleKey, keyof ServeErrorRule>,
  Same<WireAssetKey, keyof AssetGetResponse>,
  Fits<'id' | 'version' | 'description' | 'rules', keyof PhaseGetResponse>,
];
