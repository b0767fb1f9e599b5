// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.edge.openapi;

/** The forms in which the ledger is exported, with a line or two of each as the API shows them. */
public final class ExportForms {
  public static final String LINES = "application/jsonl";
  public static final String TABLE = "text/csv";

  /** An entry. Heads and the end are lines like it, each of its own type. */
  public static final String A_LINE =
      """
      {"type":"entry","seq":41,"stream":"session","streamSequence":7,\
      "at":"2026-01-31T12:00:00Z","kind":"session-locked",\
      "actor":"6f1d6c1e-3a55-4c0e-9d8e-0a7c1f6f2b11",\
      "credential":"SHA256:47DEQpj8HBSa-example","address":"192.0.2.7",\
      "workspace":"3f2b8c1e-5d0a-4c57-9f61-2a7e0b9d4c13",\
      "subject":"0b9d4c13-2a7e-4f61-8c57-5d0a3f2b8c1e","outcome":"allowed","reason":"user",\
      "detail":"","event":"9d8e0a7c-1f6f-4b11-a55c-0e6f1d6c1e3a",\
      "prev":"c7a1f39b6e40d2857b1c94e05fa6d83320be7719ad4c68f15e02b37c8196d4ea",\
      "hash":"f00ca39638a933f9f2e0f9a30bf83488b9e3be620ebe9c384473c06d6c0ab4a6"}
      """;

  /** Its header and the same entry. */
  public static final String TWO_ROWS =
      """
      "seq","at","kind","outcome","reason","actor","credential","address",\
      "workspace","subject","detail","event","hash"
      "41","2026-01-31T12:00:00Z","session-locked","allowed","user",\
      "6f1d6c1e-3a55-4c0e-9d8e-0a7c1f6f2b11","SHA256:47DEQpj8HBSa-example","192.0.2.7",\
      "3f2b8c1e-5d0a-4c57-9f61-2a7e0b9d4c13","0b9d4c13-2a7e-4f61-8c57-5d0a3f2b8c1e","",\
      "9d8e0a7c-1f6f-4b11-a55c-0e6f1d6c1e3a",\
      "f00ca39638a933f9f2e0f9a30bf83488b9e3be620ebe9c384473c06d6c0ab4a6"
      """;

  private ExportForms() {}
}
