import type { Plan, Type } from './types.ts';

/** What is known of one field; what is absent is not known, or is as for every other field. */
export interface Field {
  readonly type: Type;
  /** False where no source states the type: nothing is refused because of it. */
  readonly isSure?: false;
  /**
   * What the sources say of this field in custom error rules; absent: nothing, since Cloudflare publishes no list of
   * fields for the phase `http_custom_errors`.
   */
  readonly use?: 'documented' | 'observed' | 'doubtful' | 'unavailable';
  /** `response`: the value exists only once there is a response. */
  readonly known?: 'response';
  /** The least plan that the docs name for it; some fields want an add-on besides. */
  readonly plan?: Plan;
  /** Deprecated in favour of this field. */
  readonly replacedBy?: string;
  /** The one value that it ever has. */
  readonly always?: boolean | bigint;
  /** Every value that the docs name. */
  readonly values?: readonly string[];
  readonly source: string;
}

function from(
  source: string,
  rows: Readonly<Record<string, Omit<Field, 'source'>>>,
): Readonly<Record<string, Field>> {
  return Object.fromEntries(Object.entries(rows).map(([name, row]) => [name, { ...row, source }]));
}

const reference = from('Cloudflare docs, src/content/fields/index.yaml@0026d94', {
  'cf.api_gateway.auth_id_present': { type: 'Bool', plan: 'enterprise' },
  'cf.api_gateway.fallthrough_detected': { type: 'Bool' },
  'cf.api_gateway.request_violates_schema': { type: 'Bool' },
  'cf.bot_management.corporate_proxy': { type: 'Bool', plan: 'enterprise' },
  'cf.bot_management.detection_ids': { type: 'Array<Int>', plan: 'enterprise' },
  'cf.bot_management.ja3_hash': { type: 'Bytes', plan: 'enterprise' },
  'cf.bot_management.ja4': { type: 'Bytes', plan: 'enterprise' },
  'cf.bot_management.js_detection.passed': { type: 'Bool', plan: 'enterprise' },
  'cf.bot_management.score': { type: 'Int', plan: 'enterprise' },
  'cf.bot_management.signed_agent': { type: 'Bool', plan: 'enterprise' },
  'cf.bot_management.static_resource': { type: 'Bool', plan: 'enterprise' },
  'cf.bot_management.verified_bot': { type: 'Bool', plan: 'enterprise' },
  'cf.client.bot': { type: 'Bool' },
  'cf.edge.client_tcp': { type: 'Bool' },
  'cf.edge.l4.delivery_rate': { type: 'Int' },
  'cf.edge.server_ip': { type: 'Ip' },
  'cf.edge.server_port': { type: 'Int' },
  'cf.hostname.metadata': { type: 'Bytes' },
  'cf.llm.prompt.custom_topic_categories': { type: 'Map<Int>', plan: 'enterprise' },
  'cf.llm.prompt.detected': { type: 'Bool', plan: 'enterprise' },
  'cf.llm.prompt.injection_score': { type: 'Int', plan: 'enterprise' },
  'cf.llm.prompt.pii_categories': { type: 'Array<Bytes>', plan: 'enterprise' },
  'cf.llm.prompt.pii_detected': { type: 'Bool', plan: 'enterprise' },
  'cf.llm.prompt.token_count': { type: 'Int', plan: 'enterprise' },
  'cf.llm.prompt.unsafe_topic_categories': { type: 'Array<Bytes>', plan: 'enterprise' },
  'cf.llm.prompt.unsafe_topic_detected': { type: 'Bool', plan: 'enterprise' },
  'cf.random_seed': { type: 'Bytes' },
  'cf.ray_id': { type: 'Bytes' },
  'cf.response.1xxx_code': { type: 'Int', use: 'documented', known: 'response' },
  'cf.response.error_type': {
    type: 'Bytes',
    use: 'documented',
    known: 'response',
    values: [
      '',
      'managed_challenge',
      'iuam',
      'legacy_challenge',
      'ip_ban',
      'waf',
      '5xx',
      '1xxx',
      'always_online',
      'country_challenge',
      'ratelimit',
    ],
  },
  'cf.schema_validation.learned.violated': { type: 'Bool', use: 'doubtful' },
  'cf.schema_validation.uploaded.violated': { type: 'Bool', use: 'doubtful' },
  'cf.threat_score': { type: 'Int', always: 0n },
  'cf.timings.client_quic_rtt_msec': { type: 'Int' },
  'cf.timings.client_tcp_rtt_msec': { type: 'Int' },
  'cf.timings.edge_msec': { type: 'Int', known: 'response' },
  'cf.timings.origin_ttfb_msec': { type: 'Int', known: 'response' },
  'cf.timings.worker_msec': { type: 'Int', known: 'response' },
  'cf.tls_cipher': { type: 'Bytes' },
  'cf.tls_ciphers_sha1': { type: 'Bytes' },
  'cf.tls_client_auth.cert_chain_rfc9440': { type: 'Bytes' },
  'cf.tls_client_auth.cert_chain_rfc9440_too_large': { type: 'Bool' },
  'cf.tls_client_auth.cert_fingerprint_sha1': { type: 'Bytes' },
  'cf.tls_client_auth.cert_fingerprint_sha256': { type: 'Bytes' },
  'cf.tls_client_auth.cert_issuer_dn': { type: 'Bytes' },
  'cf.tls_client_auth.cert_issuer_dn_legacy': { type: 'Bytes' },
  'cf.tls_client_auth.cert_issuer_dn_rfc2253': { type: 'Bytes' },
  'cf.tls_client_auth.cert_issuer_serial': { type: 'Bytes' },
  'cf.tls_client_auth.cert_issuer_ski': { type: 'Bytes' },
  'cf.tls_client_auth.cert_not_after': { type: 'Bytes' },
  'cf.tls_client_auth.cert_not_before': { type: 'Bytes' },
  'cf.tls_client_auth.cert_presented': { type: 'Bool' },
  'cf.tls_client_auth.cert_revoked': { type: 'Bool' },
  'cf.tls_client_auth.cert_rfc9440': { type: 'Bytes' },
  'cf.tls_client_auth.cert_rfc9440_too_large': { type: 'Bool' },
  'cf.tls_client_auth.cert_serial': { type: 'Bytes' },
  'cf.tls_client_auth.cert_ski': { type: 'Bytes' },
  'cf.tls_client_auth.cert_subject_dn': { type: 'Bytes' },
  'cf.tls_client_auth.cert_subject_dn_legacy': { type: 'Bytes' },
  'cf.tls_client_auth.cert_subject_dn_rfc2253': { type: 'Bytes' },
  'cf.tls_client_auth.cert_verified': { type: 'Bool' },
  'cf.tls_client_extensions_sha1': { type: 'Bytes' },
  'cf.tls_client_extensions_sha1_le': { type: 'Bytes' },
  'cf.tls_client_hello_length': { type: 'Int' },
  'cf.tls_client_random': { type: 'Bytes' },
  'cf.tls_version': { type: 'Bytes' },
  'cf.verified_bot_category': { type: 'Bytes' },
  'cf.waf.auth_detected': { type: 'Bool', plan: 'enterprise' },
  'cf.waf.content_scan.has_failed': { type: 'Bool', plan: 'enterprise' },
  'cf.waf.content_scan.has_malicious_obj': { type: 'Bool', plan: 'enterprise' },
  'cf.waf.content_scan.has_obj': { type: 'Bool', plan: 'enterprise' },
  'cf.waf.content_scan.num_malicious_obj': { type: 'Int', plan: 'enterprise' },
  'cf.waf.content_scan.num_obj': { type: 'Int', plan: 'enterprise' },
  'cf.waf.content_scan.obj_results': { type: 'Array<Bytes>', plan: 'enterprise' },
  'cf.waf.content_scan.obj_sizes': { type: 'Array<Int>', plan: 'enterprise' },
  'cf.waf.content_scan.obj_types': { type: 'Array<Bytes>', plan: 'enterprise' },
  'cf.waf.credential_check.password_leaked': { type: 'Bool' },
  'cf.waf.credential_check.username_and_password_leaked': { type: 'Bool', plan: 'pro' },
  'cf.waf.credential_check.username_leaked': { type: 'Bool', plan: 'enterprise' },
  'cf.waf.credential_check.username_password_similar': { type: 'Bool', plan: 'enterprise' },
  'cf.waf.score': { type: 'Int', plan: 'enterprise' },
  'cf.waf.score.class': {
    type: 'Bytes',
    plan: 'business',
    values: ['attack', 'likely_attack', 'likely_clean', 'clean'],
  },
  'cf.waf.score.rce': { type: 'Int', plan: 'enterprise' },
  'cf.waf.score.sqli': { type: 'Int', plan: 'enterprise' },
  'cf.waf.score.xss': { type: 'Int', plan: 'enterprise' },
  'cf.worker.upstream_zone': { type: 'Bytes' },
  'http.cookie': { type: 'Bytes' },
  'http.host': { type: 'Bytes', use: 'observed' },
  'http.referer': { type: 'Bytes' },
  'http.request.accepted_languages': { type: 'Array<Bytes>', use: 'unavailable' },
  'http.request.body.form': { type: 'Map<Array<Bytes>>', plan: 'enterprise' },
  'http.request.body.form.names': { type: 'Array<Bytes>', plan: 'enterprise' },
  'http.request.body.form.values': { type: 'Array<Bytes>', plan: 'enterprise' },
  'http.request.body.mime': { type: 'Bytes' },
  'http.request.body.multipart': { type: 'Map<Array<Bytes>>', plan: 'enterprise' },
  'http.request.body.multipart.content_dispositions': { type: 'Array<Array<Bytes>>', plan: 'enterprise' },
  'http.request.body.multipart.content_transfer_encodings': {
    type: 'Array<Array<Bytes>>',
    plan: 'enterprise',
  },
  'http.request.body.multipart.content_types': { type: 'Array<Array<Bytes>>', plan: 'enterprise' },
  'http.request.body.multipart.filenames': { type: 'Array<Array<Bytes>>', plan: 'enterprise' },
  'http.request.body.multipart.names': { type: 'Array<Array<Bytes>>', plan: 'enterprise' },
  'http.request.body.multipart.values': { type: 'Array<Bytes>', plan: 'enterprise' },
  'http.request.body.raw': { type: 'Bytes', plan: 'enterprise' },
  'http.request.body.size': { type: 'Int', plan: 'enterprise' },
  'http.request.body.truncated': { type: 'Bool', plan: 'enterprise' },
  'http.request.cookies': { type: 'Map<Array<Bytes>>', plan: 'pro' },
  'http.request.full_uri': { type: 'Bytes' },
  'http.request.headers': { type: 'Map<Array<Bytes>>' },
  'http.request.headers.names': { type: 'Array<Bytes>' },
  'http.request.headers.truncated': { type: 'Bool' },
  'http.request.headers.values': { type: 'Array<Bytes>' },
  'http.request.jwt.claims.aud': { type: 'Map<Array<Bytes>>', plan: 'enterprise' },
  'http.request.jwt.claims.aud.names': { type: 'Array<Bytes>', plan: 'enterprise' },
  'http.request.jwt.claims.aud.values': { type: 'Array<Bytes>', plan: 'enterprise' },
  'http.request.jwt.claims.iat.sec': { type: 'Map<Array<Int>>', plan: 'enterprise' },
  'http.request.jwt.claims.iat.sec.names': { type: 'Array<Bytes>', plan: 'enterprise' },
  'http.request.jwt.claims.iat.sec.values': { type: 'Array<Int>', plan: 'enterprise' },
  'http.request.jwt.claims.iss': { type: 'Map<Array<Bytes>>', plan: 'enterprise' },
  'http.request.jwt.claims.iss.names': { type: 'Array<Bytes>', plan: 'enterprise' },
  'http.request.jwt.claims.iss.values': { type: 'Array<Bytes>', plan: 'enterprise' },
  'http.request.jwt.claims.jti': { type: 'Map<Array<Bytes>>', plan: 'enterprise' },
  'http.request.jwt.claims.jti.names': { type: 'Array<Bytes>', plan: 'enterprise' },
  'http.request.jwt.claims.jti.values': { type: 'Array<Bytes>', plan: 'enterprise' },
  'http.request.jwt.claims.nbf.sec': { type: 'Map<Array<Int>>', plan: 'enterprise' },
  'http.request.jwt.claims.nbf.sec.names': { type: 'Array<Bytes>', plan: 'enterprise' },
  'http.request.jwt.claims.nbf.sec.values': { type: 'Array<Int>', plan: 'enterprise' },
  'http.request.jwt.claims.sub': { type: 'Map<Array<Bytes>>', plan: 'enterprise' },
  'http.request.jwt.claims.sub.names': { type: 'Array<Bytes>', plan: 'enterprise' },
  'http.request.jwt.claims.sub.values': { type: 'Array<Bytes>', plan: 'enterprise' },
  'http.request.method': { type: 'Bytes' },
  'http.request.timestamp.msec': { type: 'Int' },
  'http.request.timestamp.sec': { type: 'Int' },
  'http.request.uri': { type: 'Bytes' },
  'http.request.uri.args': { type: 'Map<Array<Bytes>>' },
  'http.request.uri.args.names': { type: 'Array<Bytes>' },
  'http.request.uri.args.values': { type: 'Array<Bytes>' },
  'http.request.uri.path': { type: 'Bytes', use: 'observed' },
  'http.request.uri.path.extension': { type: 'Bytes' },
  'http.request.uri.query': { type: 'Bytes' },
  'http.request.version': { type: 'Bytes' },
  'http.response.code': { type: 'Int', use: 'documented', known: 'response' },
  'http.response.content_type.media_type': { type: 'Bytes', known: 'response' },
  'http.response.headers': { type: 'Map<Array<Bytes>>', use: 'observed', known: 'response' },
  'http.response.headers.names': { type: 'Array<Bytes>', known: 'response' },
  'http.response.headers.values': { type: 'Array<Bytes>', known: 'response' },
  'http.user_agent': { type: 'Bytes' },
  'http.x_forwarded_for': { type: 'Bytes' },
  'ip.geoip.asnum': { type: 'Int', replacedBy: 'ip.src.asnum' },
  'ip.geoip.continent': { type: 'Bytes', replacedBy: 'ip.src.continent' },
  'ip.geoip.country': { type: 'Bytes', replacedBy: 'ip.src.country' },
  'ip.geoip.is_in_european_union': {
    type: 'Bool',
    plan: 'business',
    replacedBy: 'ip.src.is_in_european_union',
  },
  'ip.geoip.subdivision_1_iso_code': {
    type: 'Bytes',
    plan: 'business',
    replacedBy: 'ip.src.subdivision_1_iso_code',
  },
  'ip.geoip.subdivision_2_iso_code': {
    type: 'Bytes',
    plan: 'business',
    replacedBy: 'ip.src.subdivision_2_iso_code',
  },
  'ip.src': { type: 'Ip' },
  'ip.src.asnum': { type: 'Int' },
  'ip.src.city': { type: 'Bytes' },
  'ip.src.continent': { type: 'Bytes' },
  'ip.src.country': { type: 'Bytes' },
  'ip.src.is_in_european_union': { type: 'Bool', plan: 'business' },
  'ip.src.lat': { type: 'Bytes' },
  'ip.src.lon': { type: 'Bytes' },
  'ip.src.metro_code': { type: 'Bytes' },
  'ip.src.postal_code': { type: 'Bytes' },
  'ip.src.region': { type: 'Bytes' },
  'ip.src.region_code': { type: 'Bytes' },
  'ip.src.subdivision_1_iso_code': { type: 'Bytes', plan: 'business' },
  'ip.src.subdivision_2_iso_code': { type: 'Bytes', plan: 'business' },
  'ip.src.timezone.name': { type: 'Bytes', use: 'unavailable' },
  'raw.http.request.full_uri': { type: 'Bytes' },
  'raw.http.request.uri': { type: 'Bytes' },
  'raw.http.request.uri.args': { type: 'Map<Array<Bytes>>' },
  'raw.http.request.uri.args.names': { type: 'Array<Bytes>' },
  'raw.http.request.uri.args.values': { type: 'Array<Bytes>' },
  'raw.http.request.uri.path': { type: 'Bytes' },
  'raw.http.request.uri.path.extension': { type: 'Bytes' },
  'raw.http.request.uri.query': { type: 'Bytes' },
  'raw.http.response.headers': { type: 'Map<Array<Bytes>>', known: 'response' },
  'raw.http.response.headers.names': { type: 'Array<Bytes>', known: 'response' },
  'raw.http.response.headers.values': { type: 'Array<Bytes>', known: 'response' },
  ssl: { type: 'Bool' },
});

const fieldsPage = from('Cloudflare docs, Rules language, fields reference (page of 2026-10)', {
  'cf.schema_validation.learned.body.violated_parameters': {
    type: 'Array<Bytes>',
    isSure: false,
    use: 'doubtful',
  },
  'cf.schema_validation.learned.cookies.violated_parameters': {
    type: 'Array<Bytes>',
    isSure: false,
    use: 'doubtful',
  },
  'cf.schema_validation.learned.headers.violated_parameters': {
    type: 'Array<Bytes>',
    isSure: false,
    use: 'doubtful',
  },
  'cf.schema_validation.learned.path.violated_parameters': {
    type: 'Array<Bytes>',
    isSure: false,
    use: 'doubtful',
  },
  'cf.schema_validation.learned.query.undeclared_parameters': {
    type: 'Array<Bytes>',
    isSure: false,
    use: 'doubtful',
  },
  'cf.schema_validation.learned.query.violated_parameters': {
    type: 'Array<Bytes>',
    isSure: false,
    use: 'doubtful',
  },
  'cf.schema_validation.uploaded.body.violated_parameters': {
    type: 'Array<Bytes>',
    isSure: false,
    use: 'doubtful',
  },
  'cf.schema_validation.uploaded.cookies.violated_parameters': {
    type: 'Array<Bytes>',
    isSure: false,
    use: 'doubtful',
  },
  'cf.schema_validation.uploaded.headers.violated_parameters': {
    type: 'Array<Bytes>',
    isSure: false,
    use: 'doubtful',
  },
  'cf.schema_validation.uploaded.path.violated_parameters': {
    type: 'Array<Bytes>',
    isSure: false,
    use: 'doubtful',
  },
  'cf.schema_validation.uploaded.query.undeclared_parameters': {
    type: 'Array<Bytes>',
    isSure: false,
    use: 'doubtful',
  },
  'cf.schema_validation.uploaded.query.violated_parameters': {
    type: 'Array<Bytes>',
    isSure: false,
    use: 'doubtful',
  },
  'cf.waf.content_scan.truncated': { type: 'Bool', isSure: false },
  'cf.waf.signature.request.categories': { type: 'Array<Bytes>', isSure: false },
  'cf.waf.signature.request.confidence': { type: 'Array<Bytes>', isSure: false },
  'cf.waf.signature.request.refs': { type: 'Array<Bytes>', isSure: false },
  'cf.web_asset.labels': { type: 'Array<Bytes>', isSure: false },
});

const headerTransforms = from(
  'Cloudflare docs, response header transform rules, fields and functions (2026-04-16)',
  {
    'cf.edge.client_port': { type: 'Int', isSure: false },
    'cf.fraud.email_risk': { type: 'Bytes', isSure: false },
    'cf.zone.name': { type: 'Bytes', isSure: false },
    'cf.zone.plan': { type: 'Bytes', isSure: false },
    'raw.http.request.headers': { type: 'Map<Array<Bytes>>', isSure: false },
    'raw.http.request.headers.names': { type: 'Array<Bytes>', isSure: false },
    'raw.http.request.headers.values': { type: 'Array<Bytes>', isSure: false },
  },
);

const failedDetections = from('Cloudflare docs, changelog rules 2026-10-09-failed-detections', {
  'cf.appsec.request.failed_detections': { type: 'Array<Bytes>', use: 'unavailable' },
});

const cacheRules = from('Cloudflare docs, changelog rules 2026-07-16-cache-rules-bot-fields-asn', {
  'cf.bot_management.tags': { type: 'Array<Bytes>', isSure: false },
});

const sequenceRules = from('Cloudflare docs, bot management, sequence rules', {
  'cf.sequence.current_op': { type: 'Bytes', isSure: false },
  'cf.sequence.msec_since_op': { type: 'Map<Int>', isSure: false },
  'cf.sequence.previous_ops': { type: 'Array<Bytes>', isSure: false },
});

const constants = from(
  'Cloudflare docs, changelog rules 2026-09-22-concat-argument-limit; terraform-provider-cloudflare, acceptance tests',
  {
    false: { type: 'Bool', always: false },
    true: { type: 'Bool', use: 'observed', always: true },
  },
);

const octorules = from('doctena-org/octorules-wirefilter, src/scheme.rs@1f75921 (third party)', {
  'http.request.jwt.claims.exp.sec': { type: 'Map<Array<Int>>', isSure: false },
  'http.request.jwt.claims.exp.sec.names': { type: 'Array<Bytes>', isSure: false },
  'http.request.jwt.claims.exp.sec.values': { type: 'Array<Int>', isSure: false },
  'http.response.headers.truncated': { type: 'Bool', isSure: false, known: 'response' },
});

/** Every field of the Rules language that a public source names, by its name. */
export const fields: ReadonlyMap<string, Field> = new Map(
  Object.entries({
    ...reference,
    ...fieldsPage,
    ...headerTransforms,
    ...failedDetections,
    ...cacheRules,
    ...sequenceRules,
    ...constants,
    ...octorules,
  }),
);
