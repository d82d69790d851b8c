import { describe, expect, it } from 'vitest';
import { ancestry } from '../../compiler/resolve/profile.ts';
import type { Resource } from '../../compiler/resolve/resources.ts';

type Profile = Resource<'RoutingProfile'>;

function profile(name: string, parent: string): Profile {
  const metadata = { name };
  return { kind: 'RoutingProfile', name, file: `${name}.yaml`, metadata, spec: { extends: parent, models: {} } };
}

describe('the profiles that one extends', () => {
  const profiles = new Map([profile('a', 'b'), profile('b', 'a'), profile('c', 'a')].map((one) => [one.name, one]));
  const of = (name: string) => {
    const { chain, cycle } = ancestry(profiles.get(name) ?? expect.fail(name), { profiles });
    return { chain: chain.map((one) => one.name), cycle };
  };

  it('end where they come round again, each once', () => {
    expect(of('a')).toEqual({ chain: ['a', 'b'], cycle: true });
  });

  it('begin with the profile itself, also where it only leads into a circle', () => {
    expect(of('c')).toEqual({ chain: ['c', 'a', 'b'], cycle: false });
  });
});
