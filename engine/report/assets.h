/* assets.h - what every page carries, from assets.S: style, script and chart
 * library; each ends where its `_end` begins, without a NUL. */
#ifndef REPORT_ASSETS_H
#define REPORT_ASSETS_H

extern const char asset_style[], asset_style_end[];
extern const char asset_script[], asset_script_end[];
extern const char asset_chart[], asset_chart_end[];

#endif
