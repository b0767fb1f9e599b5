// SPDX-License-Identifier: Apache-2.0
import type { Reference } from '../src/reference/reference';

export const SOURCES: readonly string[];
export function reference(): Reference;
