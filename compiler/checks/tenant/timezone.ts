import type { EnvironmentCheck } from '../check.ts';

export const tenantTimezone: EnvironmentCheck = function* ({ model }) {
  const known = new Map<string, boolean>();
  for (const tenant of model.tenants) {
    const { timezone } = tenant.budget;
    if (!known.has(timezone)) known.set(timezone, isTimezone(timezone));
    if (known.get(timezone)) continue;
    yield {
      code: 'tenant/timezone',
      message: `${JSON.stringify(timezone)} is no IANA time zone`,
      at: tenant.origin('budget', 'timezone'),
      hint: 'write it as Region/City, such as Europe/Zurich, or UTC',
    };
  }
};

/** Names only: offsets such as +01:00 have no calendar of their own. */
function isTimezone(name: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)*$/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
