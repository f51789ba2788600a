import type { CodeEntry } from '../entry.ts';

export const appCodes = {
  'app/no-credentials': {
    severity: 'error',
    title: 'No Cloudflare credentials were given',
    explain:
      'Set CLOUDFLARE_API_TOKEN (recommended), or CLOUDFLARE_EMAIL together with CLOUDFLARE_API_KEY. To try things without an account, add --sandbox.',
  },
  'app/scope-not-in-file': {
    severity: 'error',
    title: 'A scope chosen on the command line is not in the files',
    explain:
      'The value of --zone or --account must be a zone or account that the configuration lists, by its name or id.',
  },
  'app/nothing-claimed': {
    severity: 'warning',
    title: 'The files claim nothing',
    explain:
      'No scope lists rules or assets, so there is nothing to compare and nothing will ever be written.',
  },
  'app/unknown-allowance': {
    severity: 'warning',
    title: 'An allowance is for a scope that the files do not list',
    explain:
      'The value of --allow is CODE, or CODE@SCOPE for one scope by its name or id. The files list no scope of this name, so nothing is allowed by it.',
  },
  'app/foreign-action': {
    severity: 'error',
    title: 'A live rule does something else than serve an error',
    explain:
      'explain --live knows what rules with the action serve_error do. What another action leaves to the rules after it is not known, so nothing is said of the whole list.',
  },
  'app/rules-not-claimed': {
    severity: 'error',
    title: 'The files do not say which rules a scope has',
    explain:
      'Which rule answers an error was asked of a scope that lists no rules in the files, so that they are not known there. Ask for the rules that are live with --live.',
  },
  'app/bad-field': {
    severity: 'error',
    title: 'A field of a visitor cannot be given like this',
    explain:
      "Fields are named as in expressions, and their value must be of the field's type: text as it is, numbers in digits, true or false, arrays and maps as JSON. A field that follows from the host, the path, a header or another fact is given by that fact.",
  },
  'app/no-tests': {
    severity: 'error',
    title: 'There is no test to run',
    explain:
      'The command "test" found no case for the chosen scopes, so nothing was proved, and a pipeline that relies on it would be green for nothing. List cases under "tests:", in the configuration or in a file of their own.',
  },
  'app/unknown-code': {
    severity: 'error',
    title: 'There is no problem code of that name',
    explain:
      '--allow takes a code exactly as problems show it in brackets, such as plan/mass-delete; CODE@SCOPE allows it for one scope.',
  },
  'app/plan-file-damaged': {
    severity: 'error',
    title: 'A plan file is not as it was written',
    explain:
      'The file is no plan file, was made by an incompatible version, or was edited or cut after it was written. Make a new one with plan --out; a plan file is never edited by hand.',
  },
  'app/plan-file-target': {
    severity: 'error',
    title: 'A plan file belongs to another API',
    explain:
      'A saved plan is bound to the base URL that it was made on. Applying it elsewhere is refused, because ids and versions mean nothing there.',
  },
  'app/plan-incomplete': {
    severity: 'error',
    title: 'A plan with errors cannot be saved',
    explain:
      'Some scope could not be planned. A saved plan must be whole: mend the errors first, or leave that scope out with --zone or --account.',
  },
  'app/file-exists': {
    severity: 'error',
    title: 'A file that would be written exists already',
    explain: 'Nothing is overwritten. Remove the file first or choose another name.',
  },
  'app/file-not-written': {
    severity: 'error',
    title: 'A file could not be written',
    explain: 'The folder may be missing, read-only or full; the message holds what the system said.',
  },
  'app/server-refused': {
    severity: 'error',
    title: 'Cloudflare would refuse this',
    explain:
      'The server checked the rules without writing them (dry run) and refused what the message names. Apply would fail with the same words.',
  },
  'app/server-check-unavailable': {
    severity: 'warning',
    title: 'Cloudflare could not check the rules',
    explain:
      'The dry run was not available: the token may not be allowed to write, or something between here and Cloudflare does not understand it. The rules were checked offline only.',
  },
  'app/checked-at-apply': {
    severity: 'warning',
    title: 'A rule can only be checked at apply',
    explain:
      'The rule names an asset that this plan creates, so the server cannot check the reference before the asset is there.',
  },
  'app/not-comparable': {
    severity: 'error',
    title: 'The former configuration cannot be understood',
    explain:
      'A comparison needs both sides. The former files hold errors, or are not there, so nobody can say what is different; showing everything as new would be wrong. What tables alone find wrong with them, such as an unknown field, does not count here. A former side that holds nothing yet is a file with "version: 1" alone.',
  },
  'app/newly-claimed': {
    severity: 'warning',
    title: 'A scope claims what it did not claim before',
    explain:
      'Files were compared with files. What the new ones claim for the first time may replace something in Cloudflare that the old ones never mentioned; only a plan that asks Cloudflare can show it. Run cf-errors plan, or take what is live into the file with cf-errors import.',
  },
  'app/no-longer-claimed': {
    severity: 'warning',
    title: 'A scope no longer claims what it claimed before',
    explain:
      'A scope, or its rules or assets, went out of the files. Nothing is deleted by that: what nobody claims is never written, so what is live stays and keeps answering. To have it deleted, claim empty lists (rules: [] and assets: []) and apply.',
  },
  'app/page-probe': {
    severity: 'warning',
    title: 'The page of an asset does not look right',
    explain:
      'Before an asset is written its URL was fetched from here. Cloudflare stores whatever it gets, an error page just as well, so look at the URL before applying. --no-probe leaves this check out.',
  },
} as const satisfies Record<`app/${string}`, CodeEntry>;
