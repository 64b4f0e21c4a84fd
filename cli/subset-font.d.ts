declare module "subset-font" {
  /** The part of the package's options that we use; it ships no types of its own. */
  export default function subsetFont(
    font: Buffer,
    text: string,
    options: { targetFormat: "woff2" | "sfnt"; noHinting?: boolean; keepFeatures?: string[] },
  ): Promise<Buffer>;
}
