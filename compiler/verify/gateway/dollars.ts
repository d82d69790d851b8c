import type { Law } from './subject.ts';

/** Every dollar sign is doubled, but for references to variables that the task really sets: all others are expanded, or stop the start. */
export const dollars: Law = function* ({ artifacts, task }) {
  const text = artifacts['agentgateway.json'];
  const gateway = task.containers.filter(({ name }) => name === 'gateway');
  const variables = new Set(gateway.flatMap((c) => [...Object.keys(c.secrets), ...Object.keys(c.environment)]));
  for (const { 0: dollar, 1: name, index } of text.matchAll(/\$\$|\$\{(\w+)\}|\$/g)) {
    if (dollar === '$$') continue;
    const place = text.slice(Math.max(0, index - 40), index + 40).replaceAll(/\s+/g, ' ');
    if (name === undefined) yield `agentgateway.json: a single dollar sign would be expanded by the gateway: ${place}`;
    else if (!variables.has(name)) yield `agentgateway.json: \${${name}} is not set in the task: ${place}`;
  }
};
