(* Closed goals about exact inputs. *)

From Axiomkd Require Import Core Rules Means Limits.
From Interval Require Export Tactic.

Ltac numeric := interval with (i_prec 80).

Lemma below_by : forall a b, 0 < b - a -> a < b.
Proof. intros; lra. Qed.
Lemma less_fails : forall a b x y, a = x -> b = y -> y <= x -> ~ a < b.
Proof. intros; lra. Qed.
Lemma at_most_fails : forall a b x y, a = x -> b = y -> y < x -> ~ a <= b.
Proof. intros; lra. Qed.
Lemma equal_fails_above : forall a b x y : R, a = x -> b = y -> y < x -> ~ a = b.
Proof. intros; lra. Qed.
Lemma equal_fails_below : forall a b x y : R, a = x -> b = y -> x < y -> ~ a = b.
Proof. intros; lra. Qed.
Lemma different_fails : forall a b x : R, a = x -> b = x -> ~ a <> b.
Proof. intros a b x -> -> H. apply H. reflexivity. Qed.
Lemma less_holds : forall a b x y, a = x -> b = y -> x < y -> a < b.
Proof. intros; lra. Qed.
Lemma at_most_holds : forall a b x y, a = x -> b = y -> x <= y -> a <= b.
Proof. intros; lra. Qed.
Lemma equal_holds : forall a b x y : R, a = x -> b = y -> x = y -> a = b.
Proof. intros; lra. Qed.
Lemma different_holds : forall a b x y : R, a = x -> b = y -> x < y \/ y < x -> a <> b.
Proof. intros; lra. Qed.

Lemma rpow_as_pow : forall x y n, x = y -> rpow x (IZR (Z.of_nat n)) = y ^ n.
Proof. intros x y n ->. apply rpow_nat. Qed.
Lemma rpow_as_inverse : forall x y n, x = y -> rpow x (IZR (- Z.of_nat n)) = / (y ^ n).
Proof. intros x y n ->. rewrite rpow_neg_nat, rpow_inv. apply pow_inv. Qed.
Lemma rpow_as_exp : forall x y a b, x = y -> a = b -> 0 < y -> rpow x a = exp (b * ln y).
Proof. intros x y a b -> -> H. apply rpow_pos, H. Qed.
Lemma rpow_of_zero : forall x a b, x = 0 -> a = b -> 0 < b -> rpow x a = 0.
Proof. intros x a b -> -> H. apply rpow_0_l, H. Qed.
Lemma rpow_of_one : forall x a, x = 1 -> rpow x a = 1.
Proof. intros x a ->. apply rpow_1_l. Qed.
(* q^(n/d) = r where r > 0 and r^d = q^n *)
Lemma rpow_root : forall x a q r n d, x = q -> a = IZR n / IZR (Zpos d) -> 0 < q -> 0 < r ->
  powerRZ r (Zpos d) = powerRZ q n -> rpow x a = r.
Proof.
  intros x a q r n d -> -> Q R0 E. rewrite rpow_pos by exact Q.
  apply (f_equal ln) in E. rewrite !powerRZ_Rpower in E by assumption. unfold Rpower in E. rewrite !ln_exp in E.
  replace (IZR n / IZR (Z.pos d) * ln q) with (ln r); [apply exp_ln, R0|].
  assert (IZR (Z.pos d) <> 0) by (apply not_0_IZR; lia).
  replace (IZR n / IZR (Z.pos d) * ln q) with (IZR n * ln q / IZR (Z.pos d)) by (field; assumption).
  rewrite <- E. field. assumption.
Qed.

Lemma pow_defined_by : forall x y a, x = y -> 0 < y -> pow_defined x a.
Proof. intros x y a -> H. left. exact H. Qed.
Lemma pow_defined_at_zero : forall x a b, x = 0 -> a = b -> 0 <= b -> pow_defined x a.
Proof. intros x a b -> -> H. right. left. auto. Qed.
Lemma pow_defined_below : forall x y z, x = y -> y <> 0 -> pow_defined x (IZR z).
Proof. intros x y z -> H. right. right. split; [exact H | exists z; reflexivity]. Qed.
Lemma pow_undefined : forall x a b, x = 0 -> a = b -> b < 0 -> ~ pow_defined x a.
Proof. intros x a b -> -> L [H | [[_ H] | [H _]]]; lra. Qed.
Lemma log_undefined : forall x y, x = y -> y <= 0 -> ~ 0 < x.
Proof. intros; lra. Qed.

Lemma not_in_hull : forall K V x y c, (1 <= K)%nat ->
  (forall k, (k < K)%nat -> rsum V (fun i => c i * y k i) < rsum V (fun i => c i * x i)) -> ~ in_hull K V x y.
Proof.
  intros K V x y c N H [v [P [S E]]].
  set (m := rsum V (fun i => c i * x i)) in *.
  assert (rsum V (fun i => c i * x i) = rsum K (fun k => v k * rsum V (fun i => c i * y k i))) as F.
  { rewrite (rsum_ext V _ (fun i => rsum K (fun k => v k * (c i * y k i)))).
    - rewrite rsum_swap. apply rsum_ext. intros. rewrite rsum_scal. reflexivity.
    - intros i Hi. rewrite (E i Hi), rsum_scal. apply rsum_ext. intros. ring. }
  fold m in F.
  assert (0 < rsum K (fun k => v k * (m - rsum V (fun i => c i * y k i)))) as Z.
  { apply rsum_mean_gt_0; [exact P | exact S|].
    intros k Hk. generalize (H k Hk). lra. }
  rewrite (rsum_ext K _ (fun k => m * v k + -1 * (v k * rsum V (fun i => c i * y k i)))) in Z by (intros; ring).
  rewrite rsum_linear, <- rsum_scal, S, <- F in Z. lra.
Qed.

Lemma each_below : forall (P : nat -> Prop) n, (forall k, (k < n)%nat -> P k) -> P n -> forall k, (k < S n)%nat -> P k.
Proof.
  intros P n H G k L. destruct (Nat.eq_dec k n) as [-> | D]; [exact G | apply H; lia].
Qed.
Lemma none_below : forall (P : nat -> Prop) k, (k < 0)%nat -> P k.
Proof. intros P k H. lia. Qed.
Arguments each_below P n & _ _ k _.
Ltac permutation_by_cases :=
  split;
  [ let k := fresh in let H := fresh in intros k H; do 8 (destruct k as [|k]; [simpl; lia|]); lia
  | let k := fresh in let l := fresh in let H := fresh in let G := fresh in
    intros k l H G; do 8 (destruct k as [|k]; [do 8 (destruct l as [|l]; [simpl; lia|]); lia|]); lia ].

(* Two sequences, one that falls to zero and one that grows beyond every bound. *)
Definition falling (n : nat) : R := / INR (S n).
Definition rising (n : nat) : R := INR (S n).
Lemma falling_gt_0 : forall n, 0 < falling n.
Proof. intros n. apply Rinv_0_lt_compat, lt_0_INR. lia. Qed.
Lemma rising_gt_0 : forall n, 0 < rising n.
Proof. intros n. apply lt_0_INR. lia. Qed.
Lemma rising_to_infinity : to_infinity rising.
Proof.
  intros M. destruct (archimed (Rmax M 0)) as [A _].
  assert (0 < IZR (up (Rmax M 0))) as P by (generalize (Rmax_r M 0); lra).
  exists (Z.to_nat (up (Rmax M 0))). intros n Hn. unfold rising.
  apply Rlt_le_trans with (IZR (up (Rmax M 0))); [generalize (Rmax_l M 0); lra|].
  apply lt_IZR in P. rewrite <- (Z2Nat.id (up (Rmax M 0))) by lia. rewrite <- INR_IZR_INZ. apply le_INR. lia.
Qed.
Lemma falling_to_zero : to_zero falling.
Proof.
  split; [exact falling_gt_0|]. generalize (inverse_to_zero rising rising_to_infinity).
  apply cv_ext. intros n. rewrite rpow_inv. reflexivity.
Qed.
Lemma cv_to : forall a l m, Un_cv a l -> l = m -> Un_cv a m.
Proof. intros a l m H <-. exact H. Qed.
Lemma cv_root : forall x t, 0 < x -> to_infinity t -> Un_cv (fun n => rpow x (rpow (t n) (-1))) 1.
Proof. exact Rules.root_tends_to_one. Qed.
Lemma limits_above : forall a l m x, Un_cv a l -> Un_cv a m -> l = x -> x < m -> False.
Proof. intros a l m x A B E L. generalize (UL_sequence a l m A B). lra. Qed.
Lemma limits_below : forall a l m x, Un_cv a l -> Un_cv a m -> l = x -> m < x -> False.
Proof. intros a l m x A B E L. generalize (UL_sequence a l m A B). lra. Qed.
