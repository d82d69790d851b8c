import { test } from 'vitest';
import { matrix } from './kill.ts';

test('a first deploy that is killed is continued by the next', { timeout: 300_000 }, async () => {
  await matrix(null, { clients: { 'kept/default': {} }, workforce: true });
});
