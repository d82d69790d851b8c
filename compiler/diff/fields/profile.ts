import type { Field } from '../field.ts';

/**
 * Routes are caution throughout: they can surprise. Who gains a model, and whose data would leave its residency, is
 * judged per tenant (see reach), so that an edit which reaches nobody is not dangerous.
 */
export const profileFields: readonly Field[] = [
  { path: '', label: 'profile', risk: { set: 'safe', otherwise: 'caution' } },
  { path: 'spec.extends', label: 'extended profile', risk: 'caution' },
  { path: 'spec.timeouts.request', label: 'timeout of a request', order: 'duration', risk: 'caution' },
  { path: 'spec.timeouts.attempt', label: 'timeout of an attempt', order: 'duration', risk: 'caution' },
  {
    path: 'spec.promptCaching',
    label: 'prompt caching',
    risk: 'caution',
    brief: ['system', 'messages', 'tools', 'minTokens'],
  },
  { path: 'spec.promptCaching.system', label: 'prompt caching of system prompts', risk: 'caution' },
  { path: 'spec.promptCaching.messages', label: 'prompt caching of messages', risk: 'caution' },
  { path: 'spec.promptCaching.tools', label: 'prompt caching of tools', risk: 'caution' },
  { path: 'spec.promptCaching.minTokens', label: 'least tokens for prompt caching', order: 'number', risk: 'caution' },
  { path: 'spec.models.*', label: 'model {0}', risk: 'caution', brief: ['targets'] },
  { path: 'spec.models.*.names', label: 'further names of model {0}', risk: 'caution' },
  {
    path: 'spec.models.*.parameters.defaults.*',
    label: 'default parameter {1} of model {0}',
    risk: 'caution',
    whole: true,
  },
  {
    path: 'spec.models.*.parameters.overrides.*',
    label: 'fixed parameter {1} of model {0}',
    risk: 'caution',
    whole: true,
  },
  ...branch('spec.models.*', 'model {0}'),
  { path: 'spec.models.*.split.*', label: 'branch {1} of model {0}', risk: 'caution', brief: ['share', 'targets'] },
  ...branch('spec.models.*.split.*', 'branch {1} of model {0}'),
  { path: 'spec.models.*.cases.*', label: 'case {1} of model {0}', risk: 'caution', brief: ['when', 'targets'] },
  { path: 'spec.models.*.cases.*.when', label: 'condition of case {1} of model {0}', risk: 'caution' },
  ...branch('spec.models.*.cases.*', 'case {1} of model {0}'),
  {
    path: 'spec.models.*.cases.*.split.*',
    label: 'branch {2} of case {1} of model {0}',
    risk: 'caution',
    brief: ['share', 'targets'],
  },
  ...branch('spec.models.*.cases.*.split.*', 'branch {2} of case {1} of model {0}'),
];

function branch(path: string, of: string): readonly Field[] {
  return [
    { path: `${path}.targets`, label: `targets of ${of}`, risk: 'caution' },
    { path: `${path}.share`, label: `share of ${of}`, order: 'number', risk: 'caution' },
    {
      path: `${path}.failover`,
      label: `failover of ${of}`,
      risk: 'caution',
      brief: ['on', 'retries', 'backoff', 'cooldown'],
    },
    { path: `${path}.failover.on`, label: `failover statuses of ${of}`, risk: 'caution' },
    { path: `${path}.failover.retries`, label: `number of retries of ${of}`, order: 'number', risk: 'caution' },
    { path: `${path}.failover.backoff`, label: `backoff of ${of}`, order: 'duration', risk: 'caution' },
    { path: `${path}.failover.cooldown`, label: `cooldown of ${of}`, order: 'duration', risk: 'caution' },
  ];
}
