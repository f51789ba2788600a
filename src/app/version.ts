import manifest from '../../package.json' with { type: 'json' };

/** The version of this package. */
export const toolVersion: string = manifest.version;

/** Sent to Cloudflare and to the hosts of asset pages. */
export const userAgent = `cf-errors/${toolVersion}`;
