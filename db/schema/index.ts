export * from "./jurisdiction";
export * from "./user";
export * from "./report";
export * from "./indicator";
export * from "./review";
export * from "./remark";
export * from "./edition";
export * from "./audit";
