import { type ArtifactName, releaseArtifacts } from '../../contract/artifacts/artifacts.ts';
import { releaseObject } from '../bucket-layout.ts';
import type { Session } from './session.ts';

/** Where the YAML stood (sourcemap.json) is of use beside the YAML only, and stays there. */
const before: readonly ArtifactName[] = [...releaseArtifacts, 'provenance.json'];

/** Create-only, the manifest last: a release with a manifest is complete. What is there already is the same text. */
export async function uploadRelease(session: Session): Promise<void> {
  const { bucket, situation } = session;
  const { id, artifacts } = situation.release;
  for (const action of session.actions('upload-release')) {
    await session.perform(action, async () => {
      await Promise.all(before.map((name) => bucket.create(releaseObject(id, name), artifacts[name])));
      await bucket.create(releaseObject(id, 'manifest.json'), artifacts['manifest.json']);
    });
  }
}
