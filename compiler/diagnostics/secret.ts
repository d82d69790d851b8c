/**
 * What looks like a secret must not be printed, also where somebody wrote it by mistake and a finding quotes it: logs of
 * a pull request are read by many. The shapes of common keys, and long runs that mix upper case, lower case and digits.
 */
const known =
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|\b(?:sk|pk|rk|xox[a-z]|gh[pousr]|github_pat|glpat|eyJ|AIza)[-_A-Za-z0-9.]{16,}|(?<!sha256:)\b[0-9a-f]{32,}\b/g;
const mixed =
  /(?<![A-Za-z0-9+/_-])(?=[A-Za-z0-9+/_-]*[A-Z])(?=[A-Za-z0-9+/_-]*[a-z])(?=[A-Za-z0-9+/_-]*[0-9])[A-Za-z0-9+/_-]{24,}={0,2}/g;

const shown = 4;

/** The same text, each secret-looking part reduced to its first characters; every column stays where it is. */
export function withoutSecrets(text: string): string {
  return text.replace(known, veil).replace(mixed, veil);
}

function veil(secret: string): string {
  return secret.slice(0, shown) + '•'.repeat(secret.length - shown);
}
