/* assets.S - what every page carries, as bytes of the program: our style and
 * scripts, and the chart library of the system (CHART_JS is its path). */
        .section .rodata
        .global asset_style, asset_style_end
        .global asset_script, asset_script_end
        .global asset_chart, asset_chart_end
asset_style:
        .incbin "engine/report/assets/page.css"
asset_style_end:
asset_script:
        .incbin "engine/report/assets/words.js"
        .incbin "engine/report/assets/marks.js"
        .incbin "engine/report/assets/charts.js"
        .incbin "engine/report/assets/tables.js"
        .incbin "engine/report/assets/page.js"
asset_script_end:
asset_chart:
        .incbin CHART_JS
asset_chart_end:
        .section .note.GNU-stack, "", %progbits
