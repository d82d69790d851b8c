import type { ServiceDeployment } from '@aws-sdk/client-ecs';
import type { Infra } from '../../contract/infra.ts';
import type { AwsClients } from '../clients.ts';

/** How many of the newest are looked at; a deploy is never that far behind. */
const newest = 20;

export interface SeenDeployment {
  readonly arn: string;
  readonly status: string;
}

/**
 * Service deployments that carry this task definition, newest first. ECS names the service revision only, so that is
 * looked up: the outcome of somebody else's deployment must not be taken for ours.
 */
export async function deploymentsOf(
  { ecs }: AwsClients,
  { cluster, service }: Infra,
  taskDefinition: string,
): Promise<SeenDeployment[]> {
  const listed = await ecs.listServiceDeployments({ cluster, service, maxResults: newest });
  const deployments = (listed.serviceDeployments ?? []).toSorted((a, b) => createdAt(b) - createdAt(a));
  const revisions = deployments.flatMap(({ targetServiceRevisionArn }) => targetServiceRevisionArn ?? []);
  if (revisions.length === 0) return [];
  const described = await ecs.describeServiceRevisions({ serviceRevisionArns: revisions });
  const ours = new Set(
    (described.serviceRevisions ?? [])
      .filter((revision) => revision.taskDefinition === taskDefinition)
      .map(({ serviceRevisionArn }) => serviceRevisionArn),
  );
  return deployments.flatMap(({ serviceDeploymentArn: arn, targetServiceRevisionArn, status }) =>
    arn !== undefined && ours.has(targetServiceRevisionArn) ? [{ arn, status: status ?? 'PENDING' }] : [],
  );
}

export async function describeDeployment({ ecs }: AwsClients, arn: string): Promise<ServiceDeployment | null> {
  const answer = await ecs.describeServiceDeployments({ serviceDeploymentArns: [arn] });
  return answer.serviceDeployments?.[0] ?? null;
}

function createdAt(deployment: { readonly createdAt?: Date | undefined }): number {
  return deployment.createdAt?.getTime() ?? 0;
}
