# bash completion for rtspec. A word of rtspec's may hold what ends a word for readline (@ : =): what stands before the last of
# these is completed already, and is not offered again.
_rtspec() {
  local line=${COMP_LINE:0:COMP_POINT} words word done= mark value
  read -ra words <<<"$line"
  [[ $line == *[[:space:]] ]] && words+=("")
  word=${words[-1]#[\'\"]}
  for mark in @ : =; do
    [[ $COMP_WORDBREAKS == *$mark* && $word == *$mark* ]] || continue
    value=${word%"$mark"*}$mark
    ((${#value} > ${#done})) && done=$value
  done
  words[-1]=$word
  COMPREPLY=()
  while IFS=$'\t' read -r value _; do
    [[ $value == "$word"* && $value != :[0-9]* ]] && COMPREPLY+=("${value#"$done"}")
  done < <(rtspec complete -- "${words[@]:1}" 2>/dev/null)
}
complete -o default -F _rtspec rtspec
