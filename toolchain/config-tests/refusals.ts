/** Why an engine cannot run a case, which is then reported as not run. */
export class Refusal extends Error {}

export function unlinkedClient(client: string): Refusal {
  return new Refusal(`no app client ${client} was linked`);
}

export function countedElsewhere(): Refusal {
  return new Refusal('limits are counted by a rate limit service, and none runs beside the tests');
}
