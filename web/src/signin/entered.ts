// SPDX-License-Identifier: Apache-2.0
import { forgetArrival } from '../state/arrival';
import { navigate } from '../state/route';
import { store } from '../state/store';

/** The server has set its cookie: load what is theirs, and leave the door. */
export async function entered(): Promise<void> {
  await store.start();
  forgetArrival();
  navigate('/', true);
}
