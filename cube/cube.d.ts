import type { CreateOptions } from '@cubejs-backend/server-core';

declare const options: CreateOptions;
export default options;
