// SPDX-License-Identifier: Apache-2.0
declare module 'virtual:reference' {
  const reference: import('./reference').Reference;
  export default reference;
}
