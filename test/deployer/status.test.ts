import { expect, test } from 'vitest';
import { readStatus, type StatusOutcome } from '../../deployer/status.ts';
import { World } from './harness.ts';

const statusOf = (world: World): Promise<StatusOutcome> =>
  readStatus({ environment: 'local', aws: world.aws, releaseBucket: world.infra.releaseBucket });

test('before the first deploy there is a service and nothing else', async () => {
  const world = await World.start();
  expect(await statusOf(world)).toMatchObject({
    kind: 'status',
    status: {
      pointer: null,
      service: { asPointed: false },
      clients: 0,
      quarantined: [],
      lock: null,
      lastDeployment: null,
    },
  });
});

test('says what runs, who is in quarantine until when, and how the last deploy ended', async () => {
  const world = await World.start();
  await world.deploy({ clients: { 'ml/default': {}, 'web/default': {} } });
  await world.deploy({ clients: { 'ml/default': {} } });
  await world.deploy({ clients: { 'ml/default': {} }, budgets: { ml: '1.00' } });
  expect(await statusOf(world)).toMatchObject({
    kind: 'status',
    status: {
      service: { asPointed: true, rollout: 'COMPLETED' },
      clients: 1,
      quarantined: [{ key: 'web/default', since: '2026-11-24', deletedFrom: '2026-12-08', client: true }],
      interrupted: [],
      lastDeployment: { outcome: 'deployed', by: { id: 'run-3' } },
    },
  });
});
