// SPDX-License-Identifier: Apache-2.0

/** Focus, mouse (plain and SGR), cursor, modes, attributes and colours: what a terminal says without anybody typing. */
const REPORT = /^\u001b(?:\[(?:[IO]$|M|<[\d;]+[Mm]$|[?>]?[\d;]*(?:[cn]|\$y)$|\d+;\d+R$)|[\]P])/;

/** Whether these bytes are such a report, and nothing that a person would miss. */
export function isReport(data: Uint8Array | string): boolean {
  return REPORT.test(typeof data === 'string' ? data : String.fromCharCode(...data.subarray(0, 64)));
}
