export const severities = ['error', 'warning', 'info'] as const;
export type Severity = (typeof severities)[number];

/** What `checks:` in gatewright.yaml may set a code to. */
export type SeverityOverride = Severity | 'off';
