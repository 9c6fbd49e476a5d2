import CopyWebpackPlugin from 'copy-webpack-plugin';
import type { Configuration } from 'webpack';
import { merge } from 'webpack-merge';
import scaffold, { type Env } from './.config/webpack/webpack.config.ts';

/** The scaffold copies the app's pictures only; the nested plugins have their own. */
export default async function config(env: Env): Promise<Configuration> {
  return merge(await scaffold(env), {
    // A build always renews its files, so that their age tells whether the sources have changed since.
    output: {
      compareBeforeEmit: false,
      // Webpack makes "javascript/node_modules" of the packages of a workspace: not a place that anybody finds.
      devtoolModuleFilenameTemplate: ({ namespace, resourcePath }: { namespace: string; resourcePath: string }) =>
        `webpack://${namespace}/${resourcePath.replace(/^javascript\/(?=node_modules\/)/, '../')}`,
    },
    plugins: [new CopyWebpackPlugin({ patterns: [{ from: '{datasource,panels/*}/img/*.{svg,png}', to: '.' }] })],
  });
}
