// SPDX-License-Identifier: Apache-2.0
import { asProblem } from '../api/http';
import { navigate } from './route';
import { store } from './store';

export async function signOut(): Promise<void> {
  try {
    await store.signOut();
    navigate('/signed-out');
  } catch (error) {
    const problem = asProblem(error);
    if (problem.status === 401) return void store.start();
    store.failed({ what: problem.status === 0 ? 'No word that you are signed out' : 'You are not signed out', problem });
  }
}

/** From where no page of the workspace may be there to say how it went. */
export async function lockFromAnywhere(name: string, work: () => Promise<void>): Promise<void> {
  try {
    store.failed(null);
    await work();
  } catch (error) {
    const problem = asProblem(error);
    store.failed({ what: problem.status === 0 ? `No word that ${name} is locked` : `${name} is not locked`, problem });
  }
}
