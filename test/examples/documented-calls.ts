/** One write, its path below that of a zone or an account; `body` is undefined where there is none. */
interface Call {
  readonly method: 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly body: unknown;
}

const assets = '/custom_pages/assets';
const asset = `${assets}/500_error_template`;
const entrypoint = '/rulesets/phases/http_custom_errors/entrypoint';

/**
 * The requests that Cloudflare's documentation shows (Cloudflare docs, Custom Errors, "Create custom errors via API"), with
 * the file of `examples/create-via-api` that says the same. Deleting the asset there leaves a rule without its page, so
 * the file takes the rule away first.
 */
export const documentedCalls: readonly { readonly file: string; readonly calls: readonly Call[] }[] = [
  {
    file: 'asset-create.yaml',
    calls: [
      {
        method: 'POST',
        path: assets,
        body: {
          name: '500_error_template',
          description: 'Standard 5xx error template page',
          url: 'https://example.com/errors/500_template.html',
        },
      },
    ],
  },
  {
    file: 'asset-update.yaml',
    calls: [
      {
        method: 'PUT',
        path: asset,
        body: {
          description: 'Standard 5xx error template page',
          url: 'https://example.com/errors/500_new_template.html',
        },
      },
    ],
  },
  {
    file: 'json-for-5xx.yaml',
    calls: [
      {
        method: 'PUT',
        path: entrypoint,
        body: {
          rules: [
            {
              action: 'serve_error',
              action_parameters: {
                content: '{"message": "A server error occurred."}',
                content_type: 'application/json',
                status_code: 530,
              },
              expression: 'http.response.code ge 500 and http.response.code lt 600',
              enabled: true,
            },
          ],
        },
      },
    ],
  },
  {
    file: 'html-for-500.yaml',
    calls: [
      {
        method: 'PUT',
        path: entrypoint,
        body: {
          rules: [
            {
              action: 'serve_error',
              action_parameters: {
                content:
                  '<!DOCTYPE html><html><head><meta charset="utf-8"><title>Application unavailable</title></head><body><h1>Application temporarily unavailable</h1><p>Please try again later.</p></body></html>',
                content_type: 'text/html',
                status_code: 503,
              },
              expression: 'http.response.code eq 500',
              enabled: true,
            },
          ],
        },
      },
    ],
  },
  {
    file: 'html-for-1020.yaml',
    calls: [
      {
        method: 'PUT',
        path: entrypoint,
        body: {
          rules: [
            {
              action: 'serve_error',
              action_parameters: {
                content:
                  '<!DOCTYPE html><html><head><meta charset="utf-8"><title>Access denied</title></head><body><h1>You do not have access to this page</h1><p>Contact us if you think this is an error.</p></body></html>',
                content_type: 'text/html',
              },
              expression: 'cf.response.1xxx_code eq 1020',
              enabled: true,
            },
          ],
        },
      },
    ],
  },
  {
    file: 'asset-for-500.yaml',
    calls: [
      {
        method: 'PUT',
        path: entrypoint,
        body: {
          rules: [
            {
              action: 'serve_error',
              action_parameters: { asset_name: '500_error_template', content_type: 'text/html' },
              expression: 'http.response.code eq 500',
              enabled: true,
            },
          ],
        },
      },
    ],
  },
  {
    file: 'asset-delete.yaml',
    calls: [
      { method: 'PUT', path: entrypoint, body: { rules: [] } },
      { method: 'DELETE', path: asset, body: undefined },
    ],
  },
];
