import { releaseArtifacts } from '../../contract/artifacts/artifacts.ts';
import { releaseObject } from '../bucket-layout.ts';
import type { Session } from './session.ts';

/**
 * What a manifest names, and no more: commit and day stand in the journal, sources are of use beside the YAML only.
 * Create-only, the manifest last: a release with a manifest is complete. What is there already is
 * the same text.
 */
export async function uploadRelease(session: Session): Promise<void> {
  const { bucket, situation } = session;
  const { id, artifacts } = situation.release;
  for (const action of session.actions('upload-release')) {
    await session.perform(action, async () => {
      await Promise.all(releaseArtifacts.map((name) => bucket.create(releaseObject(id, name), artifacts[name])));
      await bucket.create(releaseObject(id, 'manifest.json'), artifacts['manifest.json']);
    });
  }
}
