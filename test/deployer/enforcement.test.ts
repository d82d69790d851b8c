import { expect, test } from 'vitest';
import { stateObject } from '../../deployer/bucket-layout.ts';
import { artifactsOf, environment } from './artifacts.ts';
import { World } from './harness.ts';

const wish = { clients: { 'ml/default': {} } };

test('a plan carries how the release that it is about enforces limits and guardrails', async () => {
  const world = await World.start();
  const { enforcement } = await world.plan(wish);
  expect(enforcement).toEqual(JSON.parse(artifactsOf(wish)['enforcement.json']));
  await world.deploy(wish);
  expect((await world.plan(wish)).enforcement).toEqual(enforcement);
});

test('a state of a release that had fewer artifacts is still read', async () => {
  const world = await World.start();
  await world.deploy(wish);
  const object = { Bucket: world.infra.releaseBucket, Key: stateObject(environment) };
  const stored = await world.aws.s3.getObject(object);
  const state = JSON.parse((await stored.Body?.transformToString()) ?? '');
  delete state.applied.artifacts['guardrails.json'];
  await world.aws.s3.putObject({ ...object, Body: JSON.stringify(state) });
  expect((await world.plan({ ...wish, note: 'changed' })).actions.map(({ kind }) => kind)).toContain('upload-release');
});
