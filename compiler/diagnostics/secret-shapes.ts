export interface SecretShape {
  readonly what: string;
  /** Texts of which one stands in every match: searching for them is much cheaper than matching. */
  readonly marks: readonly string[];
  /** Matches the secret itself, never a regex that describes it: `[`, `(` and `\` are in no secret. */
  readonly pattern: RegExp;
}

/** Behind which a key can begin: in `task-…` stands no `sk-…`. */
const begin = '(?<![A-Za-z0-9_-])';
const end = '(?![A-Za-z0-9_-])';

const shape = (what: string, marks: readonly string[], pattern: string): SecretShape => ({
  what,
  marks,
  pattern: new RegExp(pattern, 'g'),
});

/**
 * One word of a key, between hyphens, that is no word of a language: ten letters and digits, at least two of these
 * (`k8splatform` is a name). Looked for in the beginning only, so that a text as long as a file costs nothing.
 */
const random =
  '(?=[A-Za-z0-9_-]{0,120}?(?<![A-Za-z0-9])(?=[A-Za-z]*[0-9][A-Za-z]*[0-9])(?=[0-9]*[A-Za-z])[A-Za-z0-9]{10})';

/**
 * What may stand between the first line of a key file and the key: indentation, comment signs, written line breaks, headers.
 * Never another first line, so that a file of nothing else is passed once, not once for each.
 */
const headers = '(?:\\s|#|\\\\n|[A-Za-z-]{1,40}: (?:(?!-----)[^\\n])*\\n)*';

/**
 * The keys that can be told from every other text by their shape alone, as their issuers document them. Narrow: a finding
 * blocks a person, so that digests, model ids, long hexadecimal numbers and plain base64 match nothing here.
 */
export const secretShapes: readonly SecretShape[] = [
  shape('an AWS access key', ['AKIA', 'ASIA'], `(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])`),
  shape(
    'an AWS secret access key',
    ['ecretAccess', 'ecret_access', 'ecret-access', 'ECRET_ACCESS'],
    `(?<=(?:ecret[_-]?[Aa]ccess[_-]?[Kk]ey|ECRET_ACCESS_KEY)["']?\\s{0,4}[:=]\\s{0,4}["']?)[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])`,
  ),
  shape('an Amazon Bedrock API key', ['ABSK'], `${begin}ABSK[A-Za-z0-9+/]{40,}={0,2}`),
  shape('an API key', ['sk-'], `${begin}sk-${random}[A-Za-z0-9_-]{20,}`),
  shape('an API key', ['gsk_', 'xai-', 'pplx-'], `${begin}(?:gsk_|xai-|pplx-)[A-Za-z0-9]{40,}${end}`),
  shape('a Stripe key', ['k_live_'], `${begin}[sr]k_live_[A-Za-z0-9]{20,}`),
  shape('a Google API key', ['AIza'], `${begin}AIza[A-Za-z0-9_-]{35}${end}`),
  shape('a Google client secret', ['GOCSPX-'], `${begin}GOCSPX-[A-Za-z0-9_-]{20,}`),
  shape('a Hugging Face token', ['hf_'], `${begin}hf_[A-Za-z0-9]{34,}${end}`),
  shape('a Databricks token', ['dapi'], `${begin}dapi[0-9a-f]{32}${end}`),
  shape('a GitHub token', ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'], `${begin}gh[pousr]_[A-Za-z0-9]{36,}`),
  shape('a GitHub token', ['github_pat_'], `${begin}github_pat_[A-Za-z0-9_]{40,}`),
  shape('a GitLab token', ['glpat-'], `${begin}glpat-[A-Za-z0-9_-]{20,}`),
  shape('an npm token', ['npm_'], `${begin}npm_[A-Za-z0-9]{36}${end}`),
  shape('a Slack token', ['xox', 'xapp-'], `${begin}(?:xox[abeoprs]|xapp)-[0-9]+-[A-Za-z0-9-]{10,}`),
  shape(
    'the address of a Slack webhook, which is a secret',
    ['hooks.slack.com'],
    `hooks\\.slack\\.com/services/T[A-Z0-9]{8,}/B[A-Z0-9]{8,}/[A-Za-z0-9]{20,}`,
  ),
  shape('a Vault token', ['hvs.', 'hvb.'], `${begin}hv[sb]\\.[A-Za-z0-9_-]{24,}`),
  shape('a JSON web token', ['eyJ'], `${begin}eyJ[A-Za-z0-9_-]{10,}\\.eyJ[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]*`),
  shape(
    'a private key',
    ['PRIVATE KEY'],
    `-----BEGIN (?:[A-Z0-9]{1,20} ){0,4}PRIVATE KEY(?: BLOCK)?-----${headers}[A-Za-z0-9+/]{40,}`,
  ),
  shape(
    'a password inside a URL',
    ['://'],
    `(?<=[a-z]://)[A-Za-z0-9._%~!-]{1,64}:[^\\s/:@,;'"<>[\\](){}|*$\\\\^]{3,}(?=@[A-Za-z0-9])`,
  ),
];
