import CopyWebpackPlugin from 'copy-webpack-plugin';
import HtmlWebpackPlugin from 'html-webpack-plugin';
import path from 'path';
import TerserPlugin from 'terser-webpack-plugin';
import type { Configuration } from 'webpack';
import scaffold, { type Env } from '../.config/webpack/webpack.config.ts';

// Like the scaffold, this is started in the plugin's folder.
const folder = path.join(process.cwd(), 'workbench');
const packageFolder = (name: string) => path.dirname(require.resolve(`${name}/package.json`));
const icons = path.join(packageFolder('@grafana/ui'), 'dist', 'public', 'img');
const inter = path.join(packageFolder('@fontsource/inter'), 'files');

/**
 * The panels with everything that Grafana gives a plugin at run time bundled in. The loaders are the plugin's own, but
 * for the first, which only finds Grafana's path of the plugin.
 */
export default async function config(env: Env): Promise<Configuration> {
  const { mode, module, resolve } = await scaffold(env);
  return {
    mode,
    resolve,
    context: folder,
    entry: './src/main.tsx',
    devtool: false,
    performance: false,
    stats: 'errors-warnings',
    cache: { type: 'filesystem', name: `workbench-${mode}` },
    module: { ...module, rules: module?.rules?.slice(1) ?? [] },
    // The libraries are most of the bundle: the quick minifier spares a minute.
    optimization: { minimizer: [new TerserPlugin({ minify: TerserPlugin.swcMinify, extractComments: false })] },
    output: { path: path.join(folder, 'dist'), filename: '[name].[contenthash].js', publicPath: '/', clean: true },
    plugins: [
      new HtmlWebpackPlugin({ template: 'index.html' }),
      // Where Grafana serves them.
      new CopyWebpackPlugin({
        patterns: [
          { from: icons, to: 'public/build/img' },
          { from: path.join(inter, 'inter-latin-400-normal.woff2'), to: 'public/fonts/inter/Inter-Regular.woff2' },
          { from: path.join(inter, 'inter-latin-500-normal.woff2'), to: 'public/fonts/inter/Inter-Medium.woff2' },
        ],
      }),
    ],
  };
}
