/**
 * The directory that holds package.json, node_modules and db/migrations. The process is started in
 * it; GATEHOUSE_ROOT names it for one that is not.
 */
export const projectRoot = (): string => process.env.GATEHOUSE_ROOT ?? process.cwd();
