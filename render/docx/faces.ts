/**
 * The faces that offices have, by the names that GB/T 9704-2012 documents carry. They are licensed and not embedded: the
 * font table says what stands in for them where they are not installed.
 */
export const FACES = {
  title: "方正小标宋简体",
  hei: "黑体",
  kai: "楷体_GB2312",
  fang: "仿宋_GB2312",
  song: "宋体",
} as const;
export type Face = keyof typeof FACES;

/** The other names by which Windows, WPS and macOS know the same designs. */
export const STAND_INS: Record<Face, string> = {
  title: "FZXiaoBiaoSong-B05S",
  hei: "SimHei",
  kai: "楷体",
  fang: "仿宋",
  song: "SimSun",
};
