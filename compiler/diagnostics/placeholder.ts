/** Words that people write where a password would stand. */
const passwords: ReadonlySet<string> = new Set([
  'password',
  'passwd',
  'pass',
  'pwd',
  'secret',
  'changeme',
  'change-me',
  'your-password',
  'yourpassword',
]);

/**
 * Whether a text of a key's shape is none, as everybody sees: documented examples (AKIAIOSFODNN7EXAMPLE), the word for a
 * password, one character repeated, or characters in the order of the alphabet. No issuer ever gives out such a key.
 */
export function isPlaceholder(secret: string): boolean {
  if (/example/i.test(secret)) return true;
  const colon = secret.indexOf(':');
  // What follows the first letters, by which an issuer marks its keys, or the user of a URL.
  const own = secret.slice(colon === -1 ? 4 : colon + 1);
  return (colon !== -1 && passwords.has(own.toLowerCase())) || isMonotonous(own);
}

/** Of a random key hardly one character in thirty follows from the one before it. */
function isMonotonous(text: string): boolean {
  let following = 0;
  for (let index = 1; index < text.length; index += 1) {
    const step = text.charCodeAt(index) - text.charCodeAt(index - 1);
    if (step === 0 || step === 1 || /^(?:9[0aA]|[zZ][0aA])$/.test(text.slice(index - 1, index + 1))) following += 1;
  }
  return following >= (text.length - 1) * 0.85;
}
